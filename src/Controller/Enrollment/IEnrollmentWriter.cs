using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Enrollment;

/// <summary>What enrolment changes in one transaction. Hosts and events are those of <see cref="IStoreWriter"/>: one class can serve both.</summary>
internal interface IEnrollmentWriter : IEnrollmentReader
{
    /// <summary>Adds a certificate authority.</summary>
    void AddAuthority(StoredAuthority authority);

    /// <summary>Adds a join token.</summary>
    void AddJoinToken(JoinTokenRecord token);

    /// <summary>Replaces a join token of the same id.</summary>
    void UpdateJoinToken(JoinTokenRecord token);

    /// <summary>Removes a join token; false when there is none of that id.</summary>
    bool RemoveJoinToken(string id);

    /// <summary>The credential that was given to a request id and key before; null when there is none.</summary>
    HostIdentity? FindIdentity(string requestId, string publicKeySha256);

    /// <summary>Adds the credential of a host.</summary>
    void AddIdentity(HostIdentity identity);

    /// <summary>Replaces the credential of a host.</summary>
    void UpdateIdentity(HostIdentity identity);

    /// <summary>A host by project and name; null when there is none.</summary>
    Host? FindHost(string project, string name);

    /// <summary>A host by id; null when there is none.</summary>
    Host? FindHost(HostId id);

    /// <summary>Adds a host. Throws <see cref="NameTakenException"/> when the project has a host of that name.</summary>
    void AddHost(Host host);

    /// <summary>Adds an event to the outbox.</summary>
    void AddEvent(NewEvent newEvent);
}

using Agents.Controller.Stores;

namespace Agents.Controller.Enrollment;

/// <summary>
/// Where enrolment keeps what it must not forget. A write is one transaction, run alone and in order, so that a token with one use left lets one host in.
/// The work given is synchronous and may be run again after a failure before the commit.
/// </summary>
/// <remarks>Throws <see cref="StoreUnavailableException"/> when the store cannot be reached or written.</remarks>
internal interface IEnrollmentStore
{
    /// <summary>Reads in one consistent state.</summary>
    Task<T> ReadAsync<T>(Func<IEnrollmentReader, T> read, CancellationToken cancellationToken);

    /// <summary>Writes in one transaction: all of it or, when the work throws, nothing. Ends after the commit is durable.</summary>
    Task<T> WriteAsync<T>(Func<IEnrollmentWriter, T> write, CancellationToken cancellationToken);
}

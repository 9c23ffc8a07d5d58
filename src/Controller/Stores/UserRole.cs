namespace Agents.Controller.Stores;

/// <summary>What the holder of a user token may do, in ascending order: each may do what the ones before may.</summary>
internal enum UserRole
{
    /// <summary>May read everything but secrets.</summary>
    Viewer,

    /// <summary>May also create, change and delete, and read connection secrets.</summary>
    Operator,

    /// <summary>May also enrol hosts and make tokens.</summary>
    Admin,
}

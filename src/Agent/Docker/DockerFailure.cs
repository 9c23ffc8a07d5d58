namespace Agents.Agent.Docker;

/// <summary>Why a call to the engine failed, as far as a caller needs to tell the cases apart.</summary>
internal enum DockerFailure
{
    /// <summary>The engine does not answer.</summary>
    Unreachable,

    /// <summary>The object does not exist.</summary>
    NotFound,

    /// <summary>The object is in the way or in the wrong state.</summary>
    Conflict,

    /// <summary>The engine says that the request is malformed.</summary>
    BadRequest,

    /// <summary>The engine failed; its words say why.</summary>
    Refused,
}

namespace Grpc.Core;

/// <summary>Where a channel is in its life.</summary>
public enum ConnectivityState
{
    /// <summary>Not connected, and nothing asks for it.</summary>
    Idle,

    /// <summary>Connecting.</summary>
    Connecting,

    /// <summary>Connected.</summary>
    Ready,

    /// <summary>Failed; will try again.</summary>
    TransientFailure,

    /// <summary>Ended for good.</summary>
    Shutdown,
}

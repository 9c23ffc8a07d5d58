using System.Net;
using Agents.Controller.Api;

namespace Agents.Controller.Configuration;

/// <summary>The settings of a controller, checked.</summary>
internal sealed record ControllerSettings
{
    /// <summary>Where the store, the keys and the administrator's token are.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where agents reach the controller.</summary>
    public required IPEndPoint Agents { get; init; }

    /// <summary>Where users reach it.</summary>
    public required ApiOptions Api { get; init; }

    /// <summary>Where image sets are; empty where hosts pull from a registry.</summary>
    public required string ImagesDirectory { get; init; }

    /// <summary>What is logged.</summary>
    public required LogLevel LogLevel { get; init; }

    /// <summary>The store's file.</summary>
    public string StoreFile => Path.Combine(DataDirectory, "state.db");

    /// <summary>The file of the keys that secrets in the store are sealed with.</summary>
    public string KeyFile => Path.Combine(DataDirectory, "keys", "secret.key");

    /// <summary>The file of the administrator's token.</summary>
    public string AdminTokenFile => Path.Combine(DataDirectory, "admin.token");
}

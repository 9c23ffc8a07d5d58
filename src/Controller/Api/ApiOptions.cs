using System.ComponentModel.DataAnnotations;

namespace Agents.Controller.Api;

/// <summary>Where users reach the controller. Both ports are without TLS and belong on loopback, or behind something that speaks TLS.</summary>
internal sealed class ApiOptions
{
    /// <summary>The address and port of REST, as "127.0.0.1:8080".</summary>
    [Required]
    public string Rest { get; set; } = "127.0.0.1:8080";

    /// <summary>The address and port of gRPC, as "127.0.0.1:8081".</summary>
    [Required]
    public string Grpc { get; set; } = "127.0.0.1:8081";

    /// <summary>Names beside localhost that the controller answers to, as they stand in the header Host.</summary>
    public string[] AllowedHosts { get; set; } = [];
}

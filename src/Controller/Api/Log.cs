namespace Agents.Controller.Api;

/// <summary>What the ports for users log: event ids 4050 to 4059.</summary>
internal static partial class Log
{
    [LoggerMessage(4050, LogLevel.Information, "The certificate for users was read anew; it is good until {NotAfter}")]
    public static partial void CertificateRenewed(ILogger logger, DateTime notAfter);

    [LoggerMessage(4051, LogLevel.Error, "The certificate for users in {File} has changed and cannot be used, so the old one stays: {Detail}")]
    public static partial void CertificateUnusable(ILogger logger, string file, string detail);
}

using System.Net;

namespace Agents.Controller.Api;

/// <summary>The port on which users reach REST and gRPC with TLS.</summary>
/// <param name="EndPoint">Where it listens.</param>
/// <param name="CertificateFile">The certificate with its chain, PEM.</param>
/// <param name="KeyFile">Its key, PEM.</param>
internal sealed record UserTls(IPEndPoint EndPoint, string CertificateFile, string KeyFile);

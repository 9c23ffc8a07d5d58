namespace Grpc.Core;

/// <summary>Decides, after the usual checks of its certificate, whether a server is accepted.</summary>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);

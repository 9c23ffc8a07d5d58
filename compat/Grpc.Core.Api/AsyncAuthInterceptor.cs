namespace Grpc.Core;

/// <summary>Adds authentication headers to a call before it is sent. A failure fails the call.</summary>
/// <param name="context">The call about to be made.</param>
/// <param name="metadata">The headers to add to.</param>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);

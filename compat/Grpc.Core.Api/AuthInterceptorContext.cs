namespace Grpc.Core;

/// <summary>What an <see cref="AsyncAuthInterceptor"/> is told about the call that needs credentials.</summary>
public class AuthInterceptorContext
{
    /// <summary>Makes a context whose token is never cancelled.</summary>
    public AuthInterceptorContext(string serviceUrl, string methodName)
        : this(serviceUrl, methodName, CancellationToken.None)
    {
    }

    /// <summary>Makes a context whose token ends with the call.</summary>
    public AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceUrl);
        ArgumentNullException.ThrowIfNull(methodName);
        ServiceUrl = serviceUrl;
        MethodName = methodName;
        CancellationToken = cancellationToken;
    }

    /// <summary>The URL of the service that is called.</summary>
    public string ServiceUrl { get; }

    /// <summary>The name of the method that is called.</summary>
    public string MethodName { get; }

    /// <summary>Cancelled when the call no longer needs its credentials.</summary>
    public CancellationToken CancellationToken { get; }
}

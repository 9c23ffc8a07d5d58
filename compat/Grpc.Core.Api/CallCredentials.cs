namespace Grpc.Core;

/// <summary>Proves, call by call, who the client is. Immutable; a runtime reads it through a <see cref="CallCredentialsConfiguratorBase"/>.</summary>
public abstract class CallCredentials
{
    /// <summary>Joins two or more credentials; they are applied in order.</summary>
    public static CallCredentials Compose(params CallCredentials[] credentials) => new CompositeCallCredentials(credentials);

    /// <summary>Credentials that a function adds to the headers of each call.</summary>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) => new InterceptorCallCredentials(interceptor);

    /// <summary>Tells a runtime what these credentials are.</summary>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);
}

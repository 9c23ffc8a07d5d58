namespace Grpc.Core;

/// <summary>A remote method without the types of its messages.</summary>
public interface IMethod
{
    /// <summary>Which sides are streams.</summary>
    MethodType Type { get; }

    /// <summary>The full name of the service.</summary>
    string ServiceName { get; }

    /// <summary>The name of the method in its service.</summary>
    string Name { get; }

    /// <summary>The path of the method: a slash, the service, a slash, the method.</summary>
    string FullName { get; }
}

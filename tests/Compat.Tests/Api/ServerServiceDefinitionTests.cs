using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>Definitions of services and binders.</summary>
public sealed class ServerServiceDefinitionTests
{
    [Fact]
    public void BindService_EveryTypeOfMethod_ArrivesInOrder()
    {
        var binder = new RecordingBinder();

        Definition().BindService(binder);

        Assert.Equal(["unary /s/A", "client streaming /s/B", "server streaming /s/C", "duplex /s/D"], binder.Bound);
    }

    [Fact]
    public void BindService_BinderThatTakesNothing_Throws() => Assert.Throws<NotSupportedException>(() => Definition().BindService(new BareBinder()));

    [Fact]
    public void AddMethod_NothingOverridden_Throws()
    {
        var binder = new BareBinder();

        Assert.Throws<NotSupportedException>(() => binder.AddMethod(Method(MethodType.Unary, "A"), (UnaryServerMethod<string, string>?)null));
        Assert.Throws<NotSupportedException>(() => binder.AddMethod(Method(MethodType.Unary, "A"), (ClientStreamingServerMethod<string, string>?)null));
        Assert.Throws<NotSupportedException>(() => binder.AddMethod(Method(MethodType.Unary, "A"), (ServerStreamingServerMethod<string, string>?)null));
        Assert.Throws<NotSupportedException>(() => binder.AddMethod(Method(MethodType.Unary, "A"), (DuplexStreamingServerMethod<string, string>?)null));
    }

    [Fact]
    public void AddMethod_NameTaken_Throws()
    {
        var builder = ServerServiceDefinition.CreateBuilder().AddMethod(Method(MethodType.Unary, "A"), (request, _) => Task.FromResult(request));

        Assert.Throws<ArgumentException>(() => builder.AddMethod(Method(MethodType.Unary, "A"), (request, _) => Task.FromResult(request)));
    }

    [Fact]
    public void Build_Twice_TheFirstIsNotChangedByTheBuilder()
    {
        var builder = ServerServiceDefinition.CreateBuilder();
        var empty = builder.Build();
        var binder = new RecordingBinder();

        builder.AddMethod(Method(MethodType.Unary, "A"), (request, _) => Task.FromResult(request));
        empty.BindService(binder);

        Assert.Empty(binder.Bound);
    }

    [Fact]
    public void BindServiceMethodAttribute_TypeAndName_AreKept()
    {
        var attribute = new BindServiceMethodAttribute(typeof(string), "Bind");

        Assert.Equal((typeof(string), "Bind"), (attribute.BindType, attribute.BindMethodName));
    }

    private static ServerServiceDefinition Definition() => ServerServiceDefinition.CreateBuilder()
        .AddMethod(Method(MethodType.Unary, "A"), (request, _) => Task.FromResult(request))
        .AddMethod(Method(MethodType.ClientStreaming, "B"), (IAsyncStreamReader<string> _, ServerCallContext _) => Task.FromResult(""))
        .AddMethod(Method(MethodType.ServerStreaming, "C"), (string _, IServerStreamWriter<string> _, ServerCallContext _) => Task.CompletedTask)
        .AddMethod(
            Method(MethodType.DuplexStreaming, "D"),
            (IAsyncStreamReader<string> _, IServerStreamWriter<string> _, ServerCallContext _) => Task.CompletedTask)
        .Build();

    private static Method<string, string> Method(MethodType type, string name) =>
        new(type, "s", name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);
}

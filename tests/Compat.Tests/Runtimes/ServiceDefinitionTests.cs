using Grpc.Core;
using Microsoft.AspNetCore.Builder;

namespace Agents.Compat.Tests.Runtimes;

/// <summary>A service that is defined by hand instead of by a generated class.</summary>
public sealed class ServiceDefinitionTests
{
    private static readonly Method<string, string> Reverse = new(
        MethodType.Unary, "agents.compat.v1.HandMade", "Reverse", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

    [Fact]
    public async Task MapGrpcService_Definition_IsServed()
    {
        var definition = ServerServiceDefinition.CreateBuilder()
            .AddMethod(Reverse, (request, _) => Task.FromResult(new string([.. request.Reverse()])))
            .Build();
        await using var server = await EchoServer.StartAsync(mapMore: application => application.MapGrpcService(definition));

        var response = await server.Channel.CreateCallInvoker().AsyncUnaryCall(Reverse, null, new CallOptions(), "straight");

        Assert.Equal("thgiarts", response);
    }
}

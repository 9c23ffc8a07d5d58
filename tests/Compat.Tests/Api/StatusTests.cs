using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>Statuses and the exception that carries them.</summary>
public sealed class StatusTests
{
    [Fact]
    public void StatusCode_Numbers_AreTheProtocols() => Assert.Equal(
        ["OK", "Cancelled", "Unknown", "InvalidArgument", "DeadlineExceeded", "NotFound", "AlreadyExists", "PermissionDenied", "ResourceExhausted",
            "FailedPrecondition", "Aborted", "OutOfRange", "Unimplemented", "Internal", "Unavailable", "DataLoss", "Unauthenticated"],
        Enumerable.Range(0, Enum.GetValues<StatusCode>().Length).Select(number => ((StatusCode)number).ToString()));

    [Fact]
    public void Status_Default_IsOkWithoutDetail()
    {
        Assert.Equal(Status.DefaultSuccess, default);
        Assert.Equal("", default(Status).Detail);
        Assert.Equal(StatusCode.Cancelled, Status.DefaultCancelled.StatusCode);
    }

    [Fact]
    public void Status_Equality_ComparesAllParts()
    {
        var error = new IOException("lost");

        Assert.True(new Status(StatusCode.Internal, "a", error) == new Status(StatusCode.Internal, "a", error));
        Assert.True(new Status(StatusCode.Internal, "a") != new Status(StatusCode.Internal, "b"));
        Assert.False(new Status(StatusCode.Internal, "a").Equals(new Status(StatusCode.Aborted, "a")));
        Assert.False(new Status(StatusCode.Internal, "a").Equals(new Status(StatusCode.Internal, "a", error)));
        Assert.False(new Status(StatusCode.Internal, "a").Equals("a"));
        Assert.Equal(new Status(StatusCode.Internal, "a").GetHashCode(), new Status(StatusCode.Internal, "a").GetHashCode());
    }

    [Fact]
    public void Status_ToString_SaysAllParts()
    {
        Assert.Equal("Status(StatusCode=\"NotFound\", Detail=\"gone\")", new Status(StatusCode.NotFound, "gone").ToString());
        Assert.Equal(
            "Status(StatusCode=\"Unavailable\", Detail=\"d\", DebugException=\"System.IO.IOException: lost\")",
            new Status(StatusCode.Unavailable, "d", new IOException("lost")).ToString());
    }

    [Fact]
    public void RpcException_StatusOnly_MessageIsTheStatusAndTrailersAreEmpty()
    {
        var status = new Status(StatusCode.Unavailable, "d", new IOException("lost"));

        var exception = new RpcException(status);

        Assert.Equal(status, exception.Status);
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Equal(status.ToString(), exception.Message);
        Assert.Same(status.DebugException, exception.InnerException);
        Assert.Empty(exception.Trailers);
    }

    [Fact]
    public void RpcException_WithTrailersAndMessage_KeepsThem()
    {
        var trailers = new Metadata { { "key", "value" } };
        var status = new Status(StatusCode.Aborted, "d");

        Assert.Equal("said", new RpcException(status, "said").Message);
        Assert.Same(trailers, new RpcException(status, trailers).Trailers);
        Assert.Equal("said", new RpcException(status, trailers, "said").Message);
        Assert.Throws<ArgumentNullException>(() => new RpcException(status, (Metadata)null!));
    }
}

using Agents.Agent.Identity;
using Agents.Agent.Link;
using Agents.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Agents.Functional.Tests.Link;

/// <summary>The listener that dials, as Kestrel uses it.</summary>
public sealed class LinkConnectionListenerTests
{
    private readonly ScriptedDialer _dialer = new();
    private readonly FakeTimeProvider _clock = A.Clock();

    [Fact]
    public async Task Bind_ControllerAway_DoesNotDial()
    {
        var factory = new LinkConnectionListenerFactory(_dialer, _clock, NullLogger<LinkConnectionListener>.Instance);

        await using var listener = await factory.BindAsync(new LinkEndPoint(new ControllerAddress("controller", 7443)));

        Assert.True(factory.CanBind(listener.EndPoint));
        Assert.False(factory.CanBind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 1)));
        Assert.Equal(0, _dialer.Dials);
    }

    [Fact]
    public async Task Accept_DialsFailInEveryWay_DialsAgain()
    {
        await using var listener = NewListener();
        _dialer.Script(new LinkDialException(DialFailure.Unreachable, "", "away"));
        _dialer.Script(new LinkDialException(DialFailure.Refused, "DUPLICATE_AGENT", "no"));
        _dialer.Script(new InvalidOperationException("a bug"));
        _dialer.ScriptSuccess();

        var accepted = listener.AcceptAsync().AsTask();
        while (!accepted.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.NotNull(await accepted);
        Assert.Equal(4, _dialer.Dials);
    }

    [Fact]
    public async Task Accept_WhilePreviousLives_WaitsForItsEnd()
    {
        await using var listener = NewListener();
        _dialer.ScriptSuccess();
        _dialer.ScriptSuccess();
        var first = (await listener.AcceptAsync())!;

        var second = listener.AcceptAsync().AsTask();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, _dialer.Dials);
        await first.DisposeAsync();
        while (!second.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.NotSame(first, await second);
    }

    [Fact]
    public async Task Accept_Unbound_ReturnsNull()
    {
        await using var listener = NewListener();
        _dialer.Script(new LinkDialException(DialFailure.Unreachable, "", "away"));
        var accepted = listener.AcceptAsync().AsTask();

        await listener.UnbindAsync();

        Assert.Null(await accepted.DefaultTimeout());
        Assert.Null(await listener.AcceptAsync().AsTask().DefaultTimeout());
    }

    private LinkConnectionListener NewListener() => new(
        new LinkEndPoint(new ControllerAddress("controller", 7443)), _dialer, new RedialBackoff(_clock, new HighestRandom()), _clock, NullLogger<LinkConnectionListener>.Instance);
}

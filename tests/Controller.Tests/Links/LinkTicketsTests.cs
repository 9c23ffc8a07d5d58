using Agents.Controller.Links;
using Agents.Domain.Model;
using Agents.Protocol.Link;
using Agents.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Agents.Controller.Tests.Links;

/// <summary>Permissions to link.</summary>
public sealed class LinkTicketsTests
{
    private readonly FakeTimeProvider _clock = A.Clock();
    private readonly HostId _host = new(Guid.NewGuid());

    [Fact]
    public void Take_OnceAndInTime_GivesThePermission()
    {
        var tickets = new LinkTickets(_clock);
        var nonce = tickets.Issue(_host, "boot", "process");
        _clock.Advance(LinkProtocol.NonceLifetime);

        Assert.Equal("process", tickets.Take(nonce, _host)?.ProcessId);
        Assert.Null(tickets.Take(nonce, _host));
    }

    [Fact]
    public void Take_TooLate_GivesNone()
    {
        var tickets = new LinkTickets(_clock);
        var nonce = tickets.Issue(_host, "boot", "process");
        _clock.Advance(LinkProtocol.NonceLifetime + TimeSpan.FromMilliseconds(1));

        Assert.Null(tickets.Take(nonce, _host));
    }

    [Fact]
    public void Take_OlderOfTwo_GivesNone()
    {
        var tickets = new LinkTickets(_clock);
        var older = tickets.Issue(_host, "boot", "process-1");
        var newer = tickets.Issue(_host, "boot", "process-2");

        Assert.Null(tickets.Take(older, _host));
        Assert.Equal("process-2", tickets.Take(newer, _host)?.ProcessId);
    }

    [Fact]
    public void Take_ByAnotherHost_GivesNoneAndKeepsIt()
    {
        var tickets = new LinkTickets(_clock);
        var nonce = tickets.Issue(_host, "boot", "process");

        Assert.Null(tickets.Take(nonce, new HostId(Guid.NewGuid())));
        Assert.NotNull(tickets.Take(nonce, _host));
    }
}

using System.Globalization;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Tokens = Agents.Controller.Enrollment.JoinTokens;

namespace Agents.Controller.Application.JoinTokens;

/// <summary>
/// Makes join tokens, one at a time: a token and the answer to repetitions of its request are two transactions, and two equal requests at once must not make two. A process
/// that dies between them leaves a token that nobody has the text of.
/// </summary>
internal sealed class CreateJoinTokenHandler(IStore store, Tokens tokens, TimeProvider timeProvider) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Makes a token.</summary>
    public async Task<CreatedJoinToken> HandleAsync(CreateJoinToken command, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny(Check(command));
        var project = caller.ProjectOf(command.Project);
        var identity = RequestIdentity.Of(
            caller,
            command.RequestId,
            "join_token.create",
            project,
            LabelText.Of(command.Labels.Values),
            command.MaxUses.ToString(CultureInfo.InvariantCulture),
            command.Life?.ToString("c", CultureInfo.InvariantCulture));

        await _one.WaitAsync(cancellationToken);
        try
        {
            var first = await store.WriteAsync(identity.FindFirst, cancellationToken);
            return first is null ? await CreateAsync(command, caller, project, identity, cancellationToken) : await RepeatAsync(first, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private static IEnumerable<Violation> Check(CreateJoinToken command)
    {
        foreach (var violation in RequestRules.CheckProject(command.Project).Concat(LabelRules.Check("labels", command.Labels.Values)).Concat(RequestRules.CheckRequestId(command.RequestId)))
            yield return violation;
        if (command.MaxUses is < 0 or > Tokens.MaxUsesLimit)
            yield return new Violation("max_uses", string.Create(CultureInfo.InvariantCulture, $"use 1 to {Tokens.MaxUsesLimit}, or 0 for {Tokens.DefaultMaxUses}"));
        if (command.Life is { } life && (life <= TimeSpan.Zero || life > Tokens.LifeLimit))
            yield return new Violation("ttl", string.Create(CultureInfo.InvariantCulture, $"use more than 0 and at most {Tokens.LifeLimit.TotalSeconds} seconds"));
    }

    private async Task<CreatedJoinToken> CreateAsync(CreateJoinToken command, Caller caller, string project, RequestIdentity identity, CancellationToken cancellationToken)
    {
        var (record, text) = await tokens.CreateAsync(
            project, command.Labels, command.MaxUses == 0 ? Tokens.DefaultMaxUses : command.MaxUses, command.Life ?? Tokens.DefaultLife, caller.Principal, cancellationToken);
        await store.WriteAsync(
            writer =>
            {
                var now = timeProvider.GetUtcNow();
                identity.Keep(writer, record.Id, "", now);
                writer.AddEvent(new NewEvent("join_token.created", project, record.Id, caller.OriginOf("", command.RequestId), "{}", now));
                return true;
            },
            cancellationToken);
        return new CreatedJoinToken(record, text);
    }

    private async Task<CreatedJoinToken> RepeatAsync(IdempotentAnswer first, CancellationToken cancellationToken) =>
        await tokens.FindAsync(first.ResourceId, cancellationToken) is { } record ? new CreatedJoinToken(record, "") : throw Refusals.NotFound("join token", first.ResourceId);
}

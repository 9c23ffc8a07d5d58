using System.Globalization;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Tokens = Agents.Controller.Enrollment.JoinTokens;

namespace Agents.Controller.Application.JoinTokens;

/// <summary>Makes join tokens: the token, its event and the answer to repetitions are one transaction. A repetition is answered without the text, which nobody keeps.</summary>
internal sealed class CreateJoinTokenHandler(IStore store, Tokens tokens, TimeProvider timeProvider)
{
    /// <summary>Makes a token.</summary>
    public Task<CreatedJoinToken> HandleAsync(CreateJoinToken command, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny(Check(command));
        var project = caller.ProjectOf(command.Project);
        return store.WriteAsync(writer => Create(writer, command, caller, project), cancellationToken);
    }

    private CreatedJoinToken Create(IStoreWriter writer, CreateJoinToken command, Caller caller, string project)
    {
        var identity = RequestIdentity.Of(
            caller,
            command.RequestId,
            "join_token.create",
            project,
            LabelText.Of(command.Labels.Values),
            command.MaxUses.ToString(CultureInfo.InvariantCulture),
            command.Life?.ToString("c", CultureInfo.InvariantCulture));
        if (identity.FindFirst(writer) is { } first)
            return writer.FindJoinToken(first.ResourceId) is { } known ? new CreatedJoinToken(known, "") : throw Refusals.NotFound("join token", first.ResourceId);

        var maxUses = command.MaxUses == 0 ? Tokens.DefaultMaxUses : command.MaxUses;
        var (record, text) = tokens.Create(writer, project, command.Labels, maxUses, command.Life ?? Tokens.DefaultLife, caller.OriginOf("", command.RequestId));
        identity.Keep(writer, record.Id, "", timeProvider.GetUtcNow());
        return new CreatedJoinToken(record, text);
    }

    private static IEnumerable<Violation> Check(CreateJoinToken command)
    {
        foreach (var violation in RequestRules.CheckProject(command.Project).Concat(LabelRules.Check("labels", command.Labels.Values)).Concat(RequestRules.CheckRequestId(command.RequestId)))
            yield return violation;
        if (command.MaxUses is < 0 or > Tokens.MaxUsesLimit)
            yield return new Violation("max_uses", string.Create(CultureInfo.InvariantCulture, $"use 1 to {Tokens.MaxUsesLimit}, or 0 for {Tokens.DefaultMaxUses}"));
        if (command.Life is { } life && (life <= TimeSpan.Zero || life > Tokens.LifeLimit))
            yield return new Violation("ttl", string.Create(CultureInfo.InvariantCulture, $"use more than 0 and at most {Tokens.LifeLimit.TotalSeconds} seconds"));
    }
}

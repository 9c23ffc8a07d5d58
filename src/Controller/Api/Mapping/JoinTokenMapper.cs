using Agents.Controller.Stores;
using Google.Protobuf.WellKnownTypes;

namespace Agents.Controller.Api.Mapping;

/// <summary>Join tokens, for the contract.</summary>
internal static class JoinTokenMapper
{
    /// <summary>A token, without its text.</summary>
    public static V1.JoinToken ToProto(JoinTokenRecord token) => new()
    {
        Id = token.Id,
        Project = token.Project,
        Labels = { token.Labels.Values.ToDictionary() },
        MaxUses = token.MaxUses,
        Uses = token.Uses,
        CreatedAt = token.CreatedAt.ToTimestamp(),
        ExpiresAt = token.ExpiresAt.ToTimestamp(),
        CreatedBy = token.CreatedBy,
    };
}

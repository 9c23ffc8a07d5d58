using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Controller.Application;

/// <summary>Why a request was not carried out.</summary>
/// <param name="Reason">A constant of <see cref="Protocol.ErrorReasons"/>: what programs read.</param>
/// <param name="Message">A sentence for people that says what to do.</param>
/// <param name="Violations">The fields that are wrong.</param>
/// <param name="Metadata">The values that the sentence names.</param>
internal sealed record Refusal(string Reason, string Message, ImmutableArray<Violation> Violations, ImmutableSortedDictionary<string, string> Metadata);

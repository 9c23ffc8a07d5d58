using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>The record that an agent keeps of an instance, as last reported.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Generation">The highest generation that was obeyed.</param>
/// <param name="Want">Whether it is to run.</param>
/// <param name="ConfigHash">The configuration last written; empty when none was.</param>
/// <param name="ConfigComplete">Whether all of it was written.</param>
/// <param name="StartError">Why the last start failed; empty when it did not.</param>
/// <param name="DataTrouble">Why its data was not what it should be when it was last to be started (<see cref="Hold.DataGone"/>, <see cref="Hold.DataForeign"/>); empty when it was.</param>
/// <param name="HangTimeout">For how long its PostgreSQL may give no answer while it leads; zero for ever.</param>
/// <param name="Hang">What its agent found when that had given no answer for so long, and what became of it; empty when it answers.</param>
public sealed record InstanceObservation(
    InstanceId InstanceId, long Generation, InstanceWant Want, string ConfigHash, bool ConfigComplete, string StartError, string DataTrouble = "",
    TimeSpan HangTimeout = default, string Hang = "");

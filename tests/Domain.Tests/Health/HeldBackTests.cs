using Agents.Domain.Health;
using Agents.Testing;

namespace Agents.Domain.Tests.Health;

/// <summary>What is held back, from plan to plan.</summary>
public sealed class HeldBackTests
{
    private static readonly Hold _fenced = new("demo-1", Hold.Fenced, "it is fenced");
    private static readonly Hold _noImage = new("demo-2", "IMAGE_MISSING", "its container is missing, and that could not be mended: no image");

    [Fact]
    public void AfterPlan_SameReason_HasBeenSinceItBegan()
    {
        var first = HeldBack.AfterPlan([], [_fenced], [], A.Time);

        var later = HeldBack.AfterPlan(first, [_fenced with { Message = "it is still fenced" }], [], A.Time.AddHours(1));

        Assert.Equal([new HeldBack(_fenced with { Message = "it is still fenced" }, A.Time)], later.ToArray());
    }

    [Fact]
    public void AfterPlan_OtherReason_BeginsAnew()
    {
        var first = HeldBack.AfterPlan([], [_fenced], [], A.Time);

        Assert.Equal(A.Time.AddHours(1), HeldBack.AfterPlan(first, [_fenced with { Reason = Hold.DataGone }], [], A.Time.AddHours(1))[0].Since);
    }

    [Fact]
    public void AfterPlan_NothingHeldAnyMore_IsEmpty() => Assert.Empty(HeldBack.AfterPlan(HeldBack.AfterPlan([], [_fenced], [], A.Time), [], [], A.Time));

    [Fact]
    public void AfterPlan_FailureOfWhatIsStillMeant_Stays()
    {
        var failed = HeldBack.AfterAction([], "demo-2", _noImage, A.Time);

        Assert.Equal([new HeldBack(_fenced, A.Time.AddHours(1)), new HeldBack(_noImage, A.Time)], HeldBack.AfterPlan(failed, [_fenced], ["demo-2"], A.Time.AddHours(1)).ToArray());
        Assert.Empty(HeldBack.AfterPlan(failed, [], [], A.Time));
    }

    [Fact]
    public void AfterAction_FailedAgainThenDone_StaysSinceItBeganThenGoes()
    {
        var failed = HeldBack.AfterAction(HeldBack.AfterAction([], "demo-2", _noImage, A.Time), "demo-2", _noImage, A.Time.AddHours(1));

        Assert.Equal([new HeldBack(_noImage, A.Time)], failed.ToArray());
        Assert.Empty(HeldBack.AfterAction(failed, "demo-2", null, A.Time.AddHours(2)));
    }
}

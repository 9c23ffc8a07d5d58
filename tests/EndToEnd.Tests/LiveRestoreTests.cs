namespace Agents.EndToEnd.Tests;

/// <summary>Engines that are set to let containers go on while they are away.</summary>
[Collection(StackCollection.Name)]
public sealed class LiveRestoreTests(StackFixture stack) : StackTests
{
    [Requires(Requirement.Lab)]
    public async Task EngineKilled_WithLiveRestore_RestartsNothing()
    {
        await LiveRestoreAsync("on");
        await stack.CreateAsync("living");
        try
        {
            var before = await stack.StartsAsync();

            await StackFixture.LabAsync("stop-engine", "h1", "--hard");
            await stack.SqlAsync("living", "create table kept (id int); insert into kept values (1)");
            await StackFixture.LabAsync("start", "h1");
            await Until.TrueAsync(
                async () => (string)(await stack.Api.GetAsync("/api/v1/postgres/clusters/living"))["status"]!["phase"]! == "running",
                TimeSpan.FromMinutes(1),
                () => "the cluster is not running");
            await Task.Delay(TimeSpan.FromSeconds(6)); // Three turns of every loop.

            Assert.Equal(before, await stack.StartsAsync());
            Assert.Equal(1L, await stack.SqlAsync("living", "select count(*) from kept"));
        }
        finally
        {
            await stack.DeleteAsync("living");
            await LiveRestoreAsync("off");
        }
    }

    private static Task LiveRestoreAsync(string state) => Task.WhenAll(StackFixture.Hosts.Select(host => StackFixture.LabAsync("live-restore", host, state)));
}

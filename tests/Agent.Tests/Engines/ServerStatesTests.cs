using Agents.Agent.Engines.Haproxy;

namespace Agents.Agent.Tests.Engines;

/// <summary>What is taken over of a running proxy's word, which comes out of a container.</summary>
public sealed class ServerStatesTests
{
    private const string Header = "1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight\n";
    private static readonly string s_file = "1\n" + Line("read_write", "demo-1", 0) + Line("read_write", "demo-2", 0) + Line("read_only", "demo-1", 0) + Line("read_only", "demo-2", 0);

    [Fact]
    public void Carry_ServersThatAreUp_AreUpInTheFileAndNothingElseIs() => Assert.Equal(
        "1\n" + Line("read_write", "demo-1", 2) + Line("read_write", "demo-2", 0) + Line("read_only", "demo-1", 0) + Line("read_only", "demo-2", 2),
        ServerStates.Carry(s_file, Header + Line("read_write", "demo-1", 2) + Line("read_write", "demo-2", 0) + Line("read_only", "demo-1", 0) + Line("read_only", "demo-2", 2)));

    [Fact]
    public void Carry_OfTheAnswer_TakesNothingButWhetherTheyAreUp() => Assert.Equal(
        s_file.Replace(Line("read_write", "demo-1", 0), Line("read_write", "demo-1", 2), StringComparison.Ordinal),
        ServerStates.Carry(s_file, "9 read_write 9 demo-1 192.0.2.66 2 0 256 256 0 15 3 0 0 0 0 0 evil.example 1 - 0 1 - - 0"));

    [Fact]
    public void Carry_ServerThatTheConfigurationHasNoMore_IsNotAdded() => Assert.Equal(
        "1\n" + Line("read_write", "demo-1", 2),
        ServerStates.Carry("1\n" + Line("read_write", "demo-1", 0), Line("read_write", "demo-1", 2) + Line("read_write", "demo-2", 2)));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("Permission denied")]
    [InlineData("1 read_write 1 demo-1")]
    [InlineData("1 read_write 1 demo-1 10.0.0.1 ")]
    [InlineData("1 read_write 1 demo-1 10.0.0.1 22 0")]
    [InlineData("1 read_write 1 stranger-1 10.0.0.1 2 0")]
    [InlineData("1 read_write demo-1 1 10.0.0.1 2 0 0")]
    public void Carry_AnswerThatSaysOfNoServerThatItIsUp_IsNothing(string answer) => Assert.Null(ServerStates.Carry(s_file, answer));

    [Theory]
    [InlineData("")]
    [InlineData("1\n")]
    [InlineData("no states\n")]
    public void Carry_FileWithoutServers_IsNothing(string file) => Assert.Null(ServerStates.Carry(file, Line("read_write", "demo-1", 2)));

    private static string Line(string listener, string server, int state) => $"1 {listener} 1 {server} 10.0.0.1 {state} 0 1 1 0 1 0 0 6 0 1 1 - 5432 - 0 8008 - - 0\n";
}

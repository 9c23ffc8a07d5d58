using System.Text;
using Agents.Controller.Api.Rest.Json;
using Agents.V1;

namespace Agents.Controller.Tests.Api.Rest;

/// <summary>Lists in the JSON of the REST interface.</summary>
public sealed class ProtoJsonReaderTests
{
    private static readonly HashSet<string> s_allowed = ["action", "node_count", "nodes"];

    [Fact]
    public void Read_List_IsRead()
    {
        var request = new ScalePostgresClusterRequest();

        Assert.Empty(ProtoJsonReader.Read(Encoding.UTF8.GetBytes("""{"nodes":["demo-2","demo-3"],"action":"remove"}"""), request, s_allowed));

        Assert.Equal(["demo-2", "demo-3"], request.Nodes);
        Assert.Equal(ScaleAction.Remove, request.Action);
    }

    [Theory]
    [InlineData("""{"nodes":[],"node_count":1}""", "")]
    [InlineData("""{"nodes":null,"node_count":1}""", "")]
    [InlineData("""{"nodes":"demo-2"}""", "$.nodes: expected a list")]
    [InlineData("""{"nodes":{"a":["b"]},"node_count":true}""", "$.nodes: expected a list; $.node_count: expected a whole number")]
    [InlineData("""{"nodes":["demo-2",3,["x"],null],"node_count":true}""", "$.nodes[1]: expected text; $.nodes[2]: expected text; $.nodes[3]: expected text; $.node_count: expected a whole number")]
    [InlineData("""{"nodes":["demo-2"],"nodes":[]}""", "$.nodes: this field is given twice")]
    [InlineData("""{"nodes":["demo-2"}""", "$: this is not JSON: line 1, byte 19")]
    public void Read_ListThatIsNone_IsAViolationWithItsPlace(string json, string violations) => Assert.Equal(
        violations,
        string.Join("; ", ProtoJsonReader.Read(Encoding.UTF8.GetBytes(json), new ScalePostgresClusterRequest(), s_allowed).Select(violation => $"{violation.Path}: {violation.Message}")));
}

using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Domain.Tests.Model;

/// <summary>Container and volumes are named after the instance.</summary>
public sealed class InstanceTests
{
    [Fact]
    public void Names_OfAnInstance_AreMadeFromItsId()
    {
        var instance = A.Instance(A.Cluster(), A.Host()) with { Id = InstanceId.Parse("0a1b2c3d-4e5f-4a6b-8c7d-8e9f0a1b2c3d") };

        Assert.Equal("agents-0a1b2c3d4e5f4a6b8c7d8e9f0a1b2c3d", instance.ContainerName);
        Assert.Equal("agents-0a1b2c3d4e5f4a6b8c7d8e9f0a1b2c3d-data", instance.DataVolume);
        Assert.Equal("agents-0a1b2c3d4e5f4a6b8c7d8e9f0a1b2c3d-config", instance.ConfigVolume);
    }
}

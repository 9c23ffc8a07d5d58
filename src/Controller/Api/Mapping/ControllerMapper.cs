using Agents.Controller.Application.Restores;
using Agents.Controller.Links;

namespace Agents.Controller.Api.Mapping;

/// <summary>The controller itself, for the contract.</summary>
internal static class ControllerMapper
{
    /// <summary>The controller.</summary>
    public static V1.Controller ToProto(ControllerView view) => new()
    {
        StoreId = view.Identity.StoreId,
        Version = ControllerVersion.Text,
        Epoch = view.Identity.Epoch,
        ObserveOnly = view.ObserveOnly,
        NewerInstanceCount = view.NewerInstanceCount,
    };
}

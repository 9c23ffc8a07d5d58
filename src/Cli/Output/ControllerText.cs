using Agents.Cli.Model;

namespace Agents.Cli.Output;

/// <summary>Shows the controller itself.</summary>
internal static class ControllerText
{
    /// <summary>Writes it.</summary>
    public static void Write(Screen screen, ControllerInfo controller)
    {
        screen.Write(TableOf.Pairs(
        [
            ("Version", Cell.Of(controller.Version)),
            ("Store", Cell.Of(controller.StoreId)),
            ("Epoch", Cell.Of(Text.Invariant($"{controller.Epoch}"))),
            ("Mode", Cell.Of(controller.ObserveOnly ? "observe only" : "acts")),
        ]));
        if (controller.ObserveOnly)
            screen.Line(Text.Invariant(
                $"\nwarning: the store is older than the fleet: {Text.Count(controller.NewerInstanceCount, "instance has", "instances have")} obeyed more than it knows of. Put the newer store in its place, or, where there is none, say so with \"agentctl controller confirm-restore\""));
    }
}

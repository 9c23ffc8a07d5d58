using Agents.Controller.Application;

namespace Agents.Controller.Api.Mapping;

/// <summary>Values of the contract's enumerations come from outside: a client of a later version sends numbers that have no name here.</summary>
internal static class ContractEnums
{
    /// <summary>The value, which has a name. Refused with the number when it has none.</summary>
    public static T Known<T>(string path, T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw Refusals.Invalid(path, $"this version knows no {typeof(T).Name} of number {value:D}: use one of {string.Join(", ", Enum.GetNames<T>().Skip(1))}");
}

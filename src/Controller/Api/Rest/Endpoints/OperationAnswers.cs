using System.Globalization;
using Agents.Controller.Api.Facades;
using Agents.V1;

namespace Agents.Controller.Api.Rest.Endpoints;

/// <summary>What a request that begins an operation answers: where the operation is, and, when the client likes to wait, how it ended.</summary>
internal sealed class OperationAnswers(OperationFacade operations)
{
    /// <summary>Says where the operation is, and waits for its end as long as the client likes.</summary>
    public async Task<Operation> AcceptAsync(RestCall call, Operation operation)
    {
        call.Context.Response.Headers.Location = $"{OperationEndpoints.Path}/{operation.Id}";
        if (call.Wait == TimeSpan.Zero)
            return operation;
        call.Context.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={call.Wait.TotalSeconds}");
        return await operations.WaitAsync(operation.Id, call.Wait, call.Caller, call.Aborted);
    }

    /// <summary>200 when it has ended, however it did; 202 while it goes on.</summary>
    public static int StatusOf(Operation operation) => operation.EndedAt is null ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
}

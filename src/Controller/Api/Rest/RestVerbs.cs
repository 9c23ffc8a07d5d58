using System.Text.Json;
using Agents.Controller.Api.Auth;
using Agents.Controller.Api.Rest.Endpoints;
using Agents.Protocol.Calls;
using Agents.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Agents.Controller.Api.Rest;

/// <summary>
/// Maps those methods of a service over REST that declare themselves as verbs in their proto file: all that an endpoint needs to know stands there. Given to the generated
/// <c>BindService</c>, which names each method once.
/// </summary>
internal sealed class RestVerbs(ServiceDescriptor service, OperationAnswers operations, Action<string, RestContract, Func<RestCall, Task>> map) : ServiceBinderBase
{
    private const string Id = "id";
    private const string Project = "project";
    private const string Etag = "etag";
    private const string RequestId = "request_id";
    private const string ValidateOnly = "validate_only";

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var descriptor = service.FindMethodByName(method.Name);
        if (descriptor.GetOptions()?.GetExtension(RestExtensions.Verb) is { } verb)
            map($"/{{id}}/{verb.Path}", ContractOf(method.FullName, descriptor, verb), call => HandleAsync(call, descriptor, Invariant.NotNull(handler, "a service is bound with its methods")));
    }

    private static RestContract ContractOf(string fullName, MethodDescriptor method, Verb verb) => new()
    {
        OperationId = JsonNamingPolicy.CamelCase.ConvertName(method.Name),
        Summary = verb.Summary,
        Role = UserGateInterceptor.RoleOf(MethodRoles.Of(fullName), fullName) ?? throw new InvalidOperationException($"{fullName} is a verb of REST and for no user"),
        Body = method.InputType,
        BodyFields = method.InputType.Fields.InDeclarationOrder().Select(field => field.Name).Except([Id, Project, Etag, RequestId, ValidateOnly]).ToHashSet(),
        Query = method.InputType.FindFieldByName(ValidateOnly) is null ? [Project] : [Project, ValidateOnly],
        Status = StatusCodes.Status202Accepted,
        Answer = method.OutputType,
        IsIdempotent = method.InputType.FindFieldByName(RequestId) is not null,
        IsConditional = method.InputType.FindFieldByName(Etag) is not null,
    };

    private async Task HandleAsync<TRequest, TResponse>(RestCall call, MethodDescriptor method, UnaryServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class
    {
        var request = method.InputType.Parser.ParseFrom(ByteString.Empty);
        await call.ReadBodyAsync(request);
        foreach (var (name, value) in new[] { (Id, call.Id), (Project, call.Text(Project)), (Etag, call.IfMatch), (RequestId, call.RequestId) })
            method.InputType.FindFieldByName(name)?.Accessor.SetValue(request, value);
        if (method.InputType.FindFieldByName(ValidateOnly) is { } validateOnly)
            validateOnly.Accessor.SetValue(request, call.Flag(ValidateOnly));

        var answer = (IMessage)await handler((TRequest)request, call);
        var accessor = method.OutputType.FindFieldByName("operation").Accessor;
        if (accessor.GetValue(answer) is not Operation begun)
        {
            await call.AnswerAsync(answer, StatusCodes.Status200OK);
            return;
        }

        var operation = await operations.AcceptAsync(call, begun);
        accessor.SetValue(answer, operation);
        await call.AnswerAsync(answer, OperationAnswers.StatusOf(operation));
    }
}

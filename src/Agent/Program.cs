using Agents.Agent.Services;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddGrpc();

var application = builder.Build();
application.MapAgentServices();
await application.RunAsync();

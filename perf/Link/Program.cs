using System.Globalization;
using Agents.Perf.Link;

// 1. A controller's agents' port, and a real agent that enrols with it and links.
await using var controller = await PerfController.StartAsync();
await using var agent = await PerfAgent.StartAsync(controller);
var session = await controller.SessionAsync();
using var local = agent.OpenLocalSocket();

// 2. The same call over both, in turn, so that what else the machine does meets both.
var calls = new CallLatency(session.Invoker, local.CreateCallInvoker(), controller.ControllerId);
var (link, socket) = await calls.MeasureAsync();
var rate = await calls.MeasureRateAsync(inFlight: 64);
var deaths = await new DeathLatency(session.Invoker, controller.ControllerId).MeasureAsync();

// 3. The figures, the mark last.
const double MarkMilliseconds = 0.5;
var added = link.Percentile(50) - socket.Percentile(50);
Print("local_call_p50", socket.Percentile(50), "ms");
Print("local_call_p99", socket.Percentile(99), "ms");
Print("link_call_p50", link.Percentile(50), "ms");
Print("link_call_p99", link.Percentile(99), "ms");
Print("added_p99", link.Percentile(99) - socket.Percentile(99), "ms");
Print("calls_64_in_flight", rate, "calls/s");
Print("death_to_controller_p50", deaths.Percentile(50), "ms");
Print("death_to_controller_p99", deaths.Percentile(99), "ms");
Print("added_p50", added, "ms");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mark added_p50 {added:F3} ms of {MarkMilliseconds} ms, ratio {added / MarkMilliseconds:F2}"));
return 0;

static void Print(string name, double value, string unit) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value:F3} {unit}"));

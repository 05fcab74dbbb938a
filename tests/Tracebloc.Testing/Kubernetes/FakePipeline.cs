using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Logs a call, plays its fault, checks its permission, and passes it on.</summary>
internal sealed class FakePipeline(
    FakeCallLog calls, FakeFaults faults, FakeAccess access, FakeWatches watches, FakeHandler handler,
    FakeParts parts)
{
    internal async Task ServeAsync(HttpContext http, FakeRequest request)
    {
        var call = request.Call;
        calls.Add(call);
        var fault = faults.Take(call);
        try
        {
            if (fault?.Before is { } before) await before(call, http.RequestAborted);
            if (fault is { DropsBefore: true }) throw new OperationCanceledException();
            if (fault?.Answer is { } answer) throw answer;
            if (fault?.RawAnswer is { } raw)
            {
                await AnswerRawAsync(http, call, fault, raw);
                return;
            }

            access.Authorize(http, request);
            if (request.IsOfPart) await parts.ServeAsync(http, request);
            else if (call.Verb == "watch") await watches.ServeAsync(http, request);
            else await HandleAsync(http, request, fault);
        }
        catch (FakeStatusException e)
        {
            calls.Answered(call, e.Code);
            throw;
        }
    }

    private async Task AnswerRawAsync(HttpContext http, FakeCall call, FakeFault fault, string raw)
    {
        http.Response.StatusCode = fault.RawStatus;
        calls.Answered(call, fault.RawStatus);
        await http.Response.WriteAsync(raw, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        if (fault.BreaksOff is not { } signal) return;
        await signal.WaitAsync(http.RequestAborted);
        http.Abort();
    }

    private async Task HandleAsync(HttpContext http, FakeRequest request, FakeFault? fault)
    {
        var reply = handler.Handle(request);
        if (fault?.After is { } after) await after(request.Call, http.RequestAborted);
        if (fault is { DropsAfter: true }) throw new OperationCanceledException();
        calls.Answered(request.Call, reply.Status);
        await reply.WriteAsync(http);
    }
}

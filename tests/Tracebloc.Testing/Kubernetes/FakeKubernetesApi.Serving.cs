using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Kubernetes;

public sealed partial class FakeKubernetesApi
{
    // Warnings quote with \" and leave everything else as it is.
    private static readonly JsonSerializerOptions PlainText =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentQueue<string> _refused = new();
    private readonly CancellationTokenSource _stopping = new();

    private string VersionInfo => $$"""
        {"major": "1", "minor": "{{_options.Version.Minor}}", "gitVersion": "{{_options.Version}}"}
        """;

    private async Task ServeAsync(HttpContext http)
    {
        try
        {
            if (http.Request.Path.Value?.TrimEnd('/') == "/version") await WriteAsync(http, VersionInfo);
            else if (FakeExec.IsAsked(http)) await ExecAsync(http);
            else if (await FakeRequest.ReadAsync(http, _options) is { } request) await ServeAsync(http, request);
            else await RefuseAsync(http, "nobody registered it");
        }
        catch (FakeStatusException e)
        {
            await AnswerAsync(http, e);
        }
        catch (FakeNoSuchVersionException)
        {
            http.Response.StatusCode = 404;
            await http.Response.WriteAsync("404 page not found\n", http.RequestAborted);
        }
        catch (JsonException e)
        {
            await AnswerAsync(http, FakeStatusException.BadRequest(e.Message));
        }
        catch (Exception e) when (e is OperationCanceledException or BadHttpRequestException)
        {
            http.Abort(); // A caller that is killed may be gone in the middle of its request.
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            await RefuseAsync(http, e.ToString());
        }
    }

    private async Task ServeAsync(HttpContext http, FakeRequest request)
    {
        var call = request.Call;
        _calls.Add(call);
        var fault = _faults.Take(call);
        try
        {
            if (fault?.Before is { } before) await before(call, http.RequestAborted);
            if (fault is { DropsBefore: true }) throw new OperationCanceledException();
            if (fault?.Answer is { } answer) throw answer;
            if (fault?.RawAnswer is { } raw)
            {
                http.Response.StatusCode = fault.RawStatus;
                _calls.Answered(call, fault.RawStatus);
                await http.Response.WriteAsync(raw, http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                if (fault.BreaksOff is not { } signal) return;
                await signal.WaitAsync(http.RequestAborted);
                http.Abort();
                return;
            }

            _access.Authorize(http, request);
            if (call.Verb == "watch") await WatchAsync(http, request);
            else await HandleAsync(http, request, fault);
        }
        catch (FakeStatusException e)
        {
            _calls.Answered(call, e.Code);
            throw;
        }
    }

    private async Task HandleAsync(HttpContext http, FakeRequest request, FakeFault? fault)
    {
        FakeReply reply;
        lock (_cluster.Store.Gate) reply = _handler.Handle(request);
        if (fault?.After is { } after) await after(request.Call, http.RequestAborted);
        if (fault is { DropsAfter: true }) throw new OperationCanceledException();
        http.Response.StatusCode = reply.Status;
        if (reply.Warning is { } warning)
            http.Response.Headers.Warning = $"299 - {JsonValue.Create(warning).ToJsonString(PlainText)}";
        _calls.Answered(request.Call, reply.Status);
        await WriteAsync(http, reply.Body);
    }

    private async Task RefuseAsync(HttpContext http, string why)
    {
        var what = $"{http.Request.Method} {http.Request.Path}: {why}";
        _refused.Enqueue(what);
        http.Response.StatusCode = 501;
        await http.Response.WriteAsync($"FakeKubernetesApi: {what}", http.RequestAborted);
    }

    private static Task AnswerAsync(HttpContext http, FakeStatusException answer)
    {
        http.Response.StatusCode = answer.Code;
        if (answer.RetryAfterSeconds is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return WriteAsync(http, answer.Json);
    }

    private static Task WriteAsync(HttpContext http, string json)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(json, http.RequestAborted);
    }
}

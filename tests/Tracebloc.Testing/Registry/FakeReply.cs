using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Registry;

/// <summary>A scripted answer, faults included. Nothing happens by the clock: waits end when a test says so.</summary>
public sealed record FakeReply
{
    public int Status { get; init; } = 200;

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Announced in place of the body's real length; a larger one truncates the body.</summary>
    public long? ContentLength { get; init; }

    /// <summary>Nothing is sent until this completes (or the client gives up).</summary>
    public Task Before { get; init; } = Task.CompletedTask;

    /// <summary>The headers and half the body are sent, the rest once this completes.</summary>
    public Task MidBody { get; init; } = Task.CompletedTask;

    /// <summary>The connection is reset in place of an answer.</summary>
    public bool Aborts { get; init; }

    /// <summary>Never answers: the client's own deadline has to end it.</summary>
    public static FakeReply Never => new() { Before = new TaskCompletionSource().Task };

    public static FakeReply Abort => new() { Aborts = true };

    public static FakeReply Of(int status, string body = "", string contentType = "application/json") =>
        new FakeReply { Status = status, Body = Encoding.UTF8.GetBytes(body) }
            .With("Content-Type", contentType);

    public static FakeReply Redirect(int status, string location) =>
        new FakeReply { Status = status }.With("Location", location);

    /// <summary>The manifest with all the headers a registry sends, for GET and HEAD alike.</summary>
    public static FakeReply Of(FakeManifest manifest) =>
        new FakeReply { Body = manifest.Content }
            .With("Content-Type", manifest.MediaType)
            .With("Docker-Content-Digest", manifest.Digest)
            .With("ETag", $"\"{manifest.Digest}\"");

    /// <summary>Adds a header line; the same name twice makes two lines.</summary>
    public FakeReply With(string name, string value) => this with { Headers = [.. Headers, (name, value)] };

    public FakeReply Without(string name) => this with { Headers = [.. Headers.Where(header => header.Name != name)] };

    internal async Task SendAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        await Before.WaitAsync(cancellation);
        if (Aborts)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
            response.Headers.Append(name, value);
        if (Status is not (204 or 304))
            response.ContentLength = ContentLength ?? Body.Length;
        await response.StartAsync(cancellation);
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        var half = MidBody.IsCompleted ? Body.Length : Body.Length / 2;
        await response.Body.WriteAsync(Body[..half], cancellation);
        await response.Body.FlushAsync(cancellation);
        await MidBody.WaitAsync(cancellation);
        await response.Body.WriteAsync(Body[half..], cancellation);
    }
}

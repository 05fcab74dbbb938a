using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Tracebloc.Testing.Registry;

public sealed partial class FakeRegistry
{
    /// <summary>The uploads, when the options have some.</summary>
    public FakeUploads Uploads { get; } = new();

    /// <summary>The bytes of a blob that the repository has; null where it has none.</summary>
    public byte[]? BlobOf(string repository, string digest) => _blobs.GetValueOrDefault($"{repository}@{digest}");

    private async Task UploadAsync(HttpContext context, FakeRequest request, FakeUploadOptions options)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { } limit)
            limit.MaxRequestBodySize = null;
        try
        {
            var reply = Challenge(request) ?? await AnswerAsync(context, request, options);
            await reply.SendAsync(context);
        }
        catch (FakeCut)
        {
            context.Abort();
        }
    }

    private async Task<FakeReply> AnswerAsync(HttpContext context, FakeRequest request, FakeUploadOptions options)
    {
        var path = request.UploadPath ?? throw new InvalidOperationException("This is no upload.");
        if (context.Request.ContentLength > options.LargestBody)
            return FakeReply.Of(413, "<html>too large</html>", "text/html");
        if (path.Id == "")
            return request.Method == "POST" ? Begin(context, path, options) : FakeReply.Of(405);
        // The newest address counts, as with distribution's state; an old one serves to ask for it, and to abort.
        if (Uploads.Find(path) is not { } upload || (request.Method is "PATCH" or "PUT"
            && context.Request.Query["_state"] != upload.Version.ToString(CultureInfo.InvariantCulture)))
            return FakeReply.Of(404, "{\"errors\":[{\"code\":\"BLOB_UPLOAD_UNKNOWN\"}]}");
        switch (request.Method)
        {
            case "GET":
                return Progress(204, upload, options);
            case "DELETE":
                Uploads.End(upload);
                return new FakeReply { Status = 204 };
            case "PATCH":
                return await PatchAsync(context, upload, options);
            case "PUT":
                return await PutAsync(context, upload, options);
            default:
                return FakeReply.Of(405);
        }
    }

    private FakeReply Begin(HttpContext context, FakeUploadPath path, FakeUploadOptions options)
    {
        string? mount = context.Request.Query["mount"], from = context.Request.Query["from"];
        if (mount is not null && options.MountStatus is not (0 or 202))
            return FakeReply.Of(options.MountStatus, "{\"errors\":[{\"code\":\"UNSUPPORTED\"}]}");
        var token = context.Request.Headers.Authorization.ToString().Split(' ')[^1];
        var mayMount = _options.Authentication != FakeAuthentication.Token || Tokens.Allows(token, from ?? "");
        if (mount is not null && options.MountStatus == 0 && mayMount && BlobOf(from ?? "", mount) is { } blob)
        {
            PushBlob(path.Repository, blob);
            return Created(path.Repository, mount, options);
        }
        var reply = Progress(202, Uploads.Begin(path.Repository), options);
        return options.MinChunk > 0 ? reply.With("OCI-Chunk-Min-Length", $"{options.MinChunk}") : reply;
    }

    private async Task<FakeReply> PatchAsync(HttpContext context, FakeUpload upload, FakeUploadOptions options)
    {
        var length = context.Request.ContentLength;
        if (options.TakesOnePatch && upload.Patches > 0)
            return FakeReply.Of(400, "{\"errors\":[{\"code\":\"BLOB_UPLOAD_INVALID\"}]}");
        if (length > options.LargestPatch || !IsInOrder(context, upload))
            return Progress(416, upload, options);
        upload.Patches++;
        var before = upload.Length;
        await ReceiveAsync(context, upload);
        if (upload.Patches == 1)
            upload.FirstEnd = upload.Length;
        upload.Version++;
        upload.IsShort |= upload.Length - before < options.MinChunk;
        return Progress(options.PatchStatus, upload, options);
    }

    private async Task<FakeReply> PutAsync(HttpContext context, FakeUpload upload, FakeUploadOptions options)
    {
        var digest = context.Request.Query["digest"].ToString();
        await ReceiveAsync(context, upload);
        var content = upload.Content;
        var isEmpty = content.Length == 0;
        if (FakeManifest.DigestOf(content) != digest || (isEmpty && options.EmptyBlobs is FakeEmptyBlobs.Refuses))
            return FakeReply.Of(400, "{\"errors\":[{\"code\":\"DIGEST_INVALID\"}]}");
        Uploads.End(upload);
        if (!isEmpty || options.EmptyBlobs is FakeEmptyBlobs.Keeps)
            PushBlob(upload.Repository, content);
        return Created(upload.Repository, digest, options);
    }

    private static bool IsInOrder(HttpContext context, FakeUpload upload)
    {
        var range = context.Request.Headers["Content-Range"].ToString();
        return range == "" || range.Split('-')[0] == upload.Length.ToString(CultureInfo.InvariantCulture)
            && !upload.IsShort;
    }

    private async Task ReceiveAsync(HttpContext context, FakeUpload upload)
    {
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        var buffer = new byte[64 << 10];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
            Uploads.Receive(upload, buffer.AsSpan(0, read));
    }

    private FakeReply Progress(int status, FakeUpload upload, FakeUploadOptions options)
    {
        var length = options.HasStickyRange && upload.Patches > 0 ? upload.FirstEnd : upload.Length;
        var path = $"/v2/{upload.Repository}/blobs/uploads/{upload.Id}?_state={upload.Version}";
        var location = options.HasRelativeLocations ? path : options.Locate(new Uri(Address, path)).AbsoluteUri;
        return new FakeReply { Status = status }
            .With("Location", location)
            .With("Range", $"0-{Math.Max(0, length - 1)}");
    }

    private static FakeReply Created(string repository, string digest, FakeUploadOptions options) =>
        new FakeReply { Status = 201 }
            .With("Location", $"/v2/{repository}/blobs/{digest}")
            .With("Docker-Content-Digest", options.WrongDigest ?? digest);

    /// <summary>A pushed manifest; the listener has read its body.</summary>
    private FakeReply PutManifest(FakeRequest request, FakeUploadOptions options)
    {
        var content = Encoding.UTF8.GetBytes(request.Body);
        var manifest = new FakeManifest(request.Headers.GetValueOrDefault("Content-Type", ""), content);
        if (request.Reference.Contains(':') && request.Reference != manifest.Digest)
            return FakeReply.Of(400, "{\"errors\":[{\"code\":\"DIGEST_INVALID\"}]}");
        Push(request.Repository, request.Reference.Contains(':') ? null : request.Reference, manifest);
        var reply = Created(request.Repository, manifest.Digest, options);
        return _options.ListsReferrers && manifest.Subject is { } subject ? reply.With("OCI-Subject", subject) : reply;
    }

    private bool IsNew(string repository) =>
        !_blobs.Keys.Concat(_manifests.Keys).Any(key => key.StartsWith($"{repository}@", StringComparison.Ordinal));
}

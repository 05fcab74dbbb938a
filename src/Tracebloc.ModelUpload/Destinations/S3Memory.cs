using Amazon.S3.Model;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Stores;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>The record of a prefix while a run works on it. Safe for concurrent use.</summary>
internal sealed class S3Memory(S3Target target) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, S3RecordedFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, S3RecordedUpload> _uploads = new(StringComparer.Ordinal);
    private byte[] _written = [];

    /// <summary>True where the object is there and is no record.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Reads it from the prefix.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var at = target.At(S3Record.Path);
        var request = new GetObjectRequest { BucketName = at.Bucket, Key = at.Key };
        var bytes = await target.Store.FindAsync(
            S3Deed.Read,
            at,
            async (s3, token) =>
            {
                using var answer = await s3.GetObjectAsync(request, token);
                using var content = new MemoryStream();
                await answer.ResponseStream.CopyToAsync(content, token);
                return content.ToArray();
            },
            cancellationToken);
        var record = bytes is null ? S3Record.Empty : S3Record.Parse(bytes);
        IsDamaged = record is null;
        _written = bytes ?? [];
        // Others can write there, too: only paths below the prefix count.
        foreach (var file in (record?.Files ?? []).Where(file => ModelPath.TryParse(file.Path, out _, out _)))
            _files[file.Path] = file;
        foreach (var upload in (record?.Uploads ?? []).Where(upload => ModelPath.TryParse(upload.Path, out _, out _)))
            _uploads[upload.Path] = upload;
    }

    /// <summary>The file as it was written last; null where none of it is recorded.</summary>
    public S3RecordedFile? FileOf(string path)
    {
        lock (_files)
            return _files.GetValueOrDefault(path);
    }

    public S3RecordedUpload? UploadOf(ModelPath path)
    {
        lock (_files)
            return _uploads.GetValueOrDefault(path.Text);
    }

    /// <summary>The recorded files outside a model.</summary>
    public IReadOnlyList<S3RecordedFile> Outside(IReadOnlySet<string> paths)
    {
        lock (_files)
            return [.. _files.Values.Where(file => !paths.Contains(file.Path))
                .OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>Notes a file that is there; the prefix gets to know at the next <see cref="WriteAsync"/>.</summary>
    public void Note(S3RecordedFile file)
    {
        lock (_files)
        {
            _files[file.Path] = file;
            _uploads.Remove(file.Path);
        }
    }

    public void Note(S3RecordedUpload upload)
    {
        lock (_files)
            _uploads[upload.Path] = upload;
    }

    public void Forget(string path)
    {
        lock (_files)
        {
            _files.Remove(path);
            _uploads.Remove(path);
        }
    }

    public void ForgetUpload(string path)
    {
        lock (_files)
            _uploads.Remove(path);
    }

    /// <summary>Writes it where it differs from what is there.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var json = Snapshot().ToJson();
            if (json.AsSpan().SequenceEqual(_written))
                return;
            await target.PutAsync(target.At(S3Record.Path), json, _ => { }, cancellationToken);
            _written = json;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private S3Record Snapshot()
    {
        lock (_files)
            return new S3Record
            {
                Files = [.. _files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)],
                Uploads = [.. _uploads.Values.OrderBy(upload => upload.Path, StringComparer.Ordinal)],
            };
    }
}

using Tracebloc.ModelUpload.Flow;
using Tracebloc.Net;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>
/// A file's bytes, once and in order, straight into the reader's buffer. A broken connection is opened again at the
/// reached offset; attempts are counted anew whenever bytes have arrived. Bytes that were counted as moved are taken
/// back where the stream is closed before its end.
/// </summary>
internal sealed class VerifiedStream(IModelSource source, SourceFile file, Transfer transfer) : AsyncStream
{
    // Without a byte for so long a connection is dead, whatever the system says.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    private readonly FileCheck _check = new(file);
    private Stream? _open;
    private int _attempts;
    private bool _isTakenBack;

    public override bool CanRead => true;

    /// <summary>The file's SHA-256, after the read that gave no byte; else null.</summary>
    public Digest? Content { get; private set; }

    /// <summary>The bytes read so far.</summary>
    public long Reached => _check.Length;

    /// <summary>True where the stated length is reached.</summary>
    public bool IsWhole => _check.IsWhole;

    /// <summary>Opens the file at the reached offset.</summary>
    /// <exception cref="UploadException">It cannot be opened, retries included.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        while (_open is null)
        {
            try
            {
                _open = await source.OpenAsync(file, Reached, cancellationToken);
            }
            catch (Exception fault) when (IsTransient(fault))
            {
                await AgainAsync(fault, cancellationToken);
            }
        }
    }

    /// <summary>Counts bytes that a destination kept of an earlier attempt: they are not asked for again.</summary>
    /// <param name="kept">The file's first bytes.</param>
    /// <param name="buffer">The room to read them in.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public async Task SkipAsync(Stream kept, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (await kept.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            _check.Add(buffer.Span[..read]);
            transfer.Progress.Moved(file.Path, read);
        }
    }

    /// <exception cref="UploadException">
    /// The file cannot be read, retries included, or is another than the listed one.
    /// </exception>
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Content is not null || buffer.Length == 0)
            return 0;
        if (IsWhole)
        {
            await RequireEndAsync(cancellationToken);
            Content = _check.Finish();
            return 0;
        }
        var read = await NextAsync(Within(buffer), cancellationToken);
        if (read == 0)
            Content = _check.Finish();
        _check.Add(buffer.Span[..read]);
        await transfer.Rate.PassAsync(read, cancellationToken);
        transfer.Progress.Moved(file.Path, read);
        return read;
    }

    public override async ValueTask DisposeAsync()
    {
        Drop();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _open?.Dispose();
            _open = null;
            if (Content is null && Reached > 0 && !_isTakenBack)
                transfer.Progress.Moved(file.Path, -Reached);
            _isTakenBack = true;
            _check.Dispose();
        }
        base.Dispose(disposing);
    }

    // No more than the stated length: what lies beyond is seen by RequireEndAsync.
    private Memory<byte> Within(Memory<byte> buffer) =>
        file.Length - Reached is { } rest && rest < buffer.Length ? buffer[..(int)rest] : buffer;

    /// <returns>0 at the end of a file of unknown length.</returns>
    private async Task<int> NextAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            await OpenAsync(cancellationToken);
            try
            {
                var read = await ReadOpenAsync(buffer, cancellationToken);
                if (read > 0 || file.Length is null)
                {
                    _attempts = read > 0 ? 0 : _attempts;
                    return read;
                }
                await AgainAsync(new IOException("the connection ended"), cancellationToken);
            }
            catch (Exception fault) when (IsTransient(fault))
            {
                await AgainAsync(fault, cancellationToken);
            }
        }
    }

    private async Task<int> ReadOpenAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var open = _open ?? throw new InvalidOperationException("The file is opened first.");
        using var deadline = new Deadline(LongestSilence, transfer.Time, cancellationToken);
        try
        {
            return await open.ReadAsync(buffer, deadline.Token);
        }
        catch (OperationCanceledException e) when (deadline.HasPassed)
        {
            throw new IOException($"no byte came within {LongestSilence.TotalMinutes} minutes", e);
        }
    }

    // All bytes are here: a connection that breaks now takes nothing away.
    private async Task RequireEndAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_open is null || await ReadOpenAsync(new byte[1], cancellationToken) == 0)
                return;
        }
        catch (Exception fault) when (IsTransient(fault))
        {
            return;
        }
        throw UploadException.OfSource(
            $"{file.Address} has more than the {file.Length} bytes that are stated: it has changed; start again");
    }

    private async Task AgainAsync(Exception fault, CancellationToken cancellationToken)
    {
        Drop();
        if (++_attempts >= transfer.Retry.Attempts)
            throw Final(fault);
        await transfer.Retry.WaitAsync(_attempts, (fault as UploadException)?.RetryAfter, cancellationToken);
    }

    private UploadException Final(Exception fault)
    {
        var place = Reached == 0 && file.Length != 0 ? "" : $" at byte {Reached}";
        var stated = file.Length is { } length && Reached > 0 ? $" of {length}" : "";
        var message =
            $"{file.Address} cannot be read{place}{stated} after {_attempts} attempts: {fault.Message}";
        return new UploadException((fault as UploadException)?.ExitCode ?? UploadExit.Source, message, fault);
    }

    private void Drop()
    {
        _open?.Dispose();
        _open = null;
    }

    private static bool IsTransient(Exception fault) => fault is UploadException { IsTransient: true } or IOException;
}

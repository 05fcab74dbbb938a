using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>
/// The bytes of an answer as they were sent. The clock runs only while a read waits: a slow reader is no stall.
/// </summary>
/// <param name="answer">The answer, disposed of with the stream.</param>
/// <param name="name">The thing that is read, as messages name it.</param>
/// <param name="body">Its body.</param>
/// <param name="rules">The deadline of each read.</param>
internal sealed class WebBody(IDisposable answer, string name, Stream body, WebBodyRules rules) : AsyncStream
{
    public override bool CanRead => true;

    /// <exception cref="UploadException">No byte came in time; another attempt can succeed.</exception>
    /// <exception cref="IOException">The connection broke, or ended before its stated length.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var stall = new Deadline(rules.Stall, rules.Time, cancellationToken);
        try
        {
            return await body.ReadAsync(buffer, stall.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException) when (stall.HasPassed)
        {
            throw UploadException.OfSource(
                $"{name} cannot be read: no byte came for {rules.Stall.TotalSeconds:0.#} s", isTransient: true);
        }
        catch (HttpRequestException fault)
        {
            throw new IOException("the connection broke off", fault);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            answer.Dispose();
        }
        base.Dispose(disposing);
    }
}

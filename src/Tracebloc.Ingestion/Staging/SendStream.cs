namespace Tracebloc.Ingestion.Staging;

/// <summary>One connection of a sender, from its hello to the far side's last frame.</summary>
internal sealed class SendStream : IAsyncDisposable
{
    private readonly StagingStreams _streams;
    private readonly StagingDeadlines _deadlines;
    private readonly StagingLink _link;
    private readonly TimeProvider _time;
    private readonly SentCount _count;

    private SendStream(
        StagingStreams streams, StagingOptions options, SentCount count, TimeProvider time, CancellationToken token)
    {
        (_streams, _deadlines, _count, _time) = (streams, options.Deadlines, count, time);
        _link = StagingLink.Open(streams, options.Deadlines, time, token);
        Files = new FileSending(_link.Writer, options.Compression);
    }

    public FileSending Files { get; }

    /// <summary>Connects.</summary>
    public static async Task<SendStream> OpenAsync(
        Func<CancellationToken, Task<StagingStreams>> connect,
        StagingOptions options,
        SentCount count,
        TimeProvider time,
        CancellationToken token) => new(await connect(token), options, count, time, token);

    /// <summary>Says hello and offers files.</summary>
    /// <returns>The files and parts that the far side has of them.</returns>
    /// <exception cref="StagingException">The far side refuses, or is of another version.</exception>
    public async Task<IReadOnlyList<HeldFile>> OfferAsync(
        NearHello hello, IReadOnlyList<StagedFile> files, CancellationToken token)
    {
        StagingMessages.FarHello(await _link.ReadAsync(_link.Token), hello.Version);
        try
        {
            await StagingMessages.SendAsync(_link.Writer, hello, _link.Token);
            await StagingMessages.OfferAsync(_link.Writer, files, _link.Token);
        }
        catch (StagingException fault) when (fault.Failure == StagingFailure.Closed)
        {
            // The far side has not read to the end: its reason may still be on the way.
            await ReasonAsync(ReadAnswersAsync(_link.Token), token);
            throw;
        }

        List<HeldFile> held = [];
        while (true)
        {
            token.ThrowIfCancellationRequested();
            var frame = await _link.ReadAsync(_link.Token);
            if (frame.Type == FrameType.Ready) return held;
            if (frame.Type == FrameType.Refused) throw StagingMessages.Refusal(frame);
            StagingMessages.ReadHeld(frame, held, files.Count);
        }
    }

    /// <summary>Sends, while the answers of the far side are read.</summary>
    /// <param name="send">Sends all, and the end.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The far side's last frame.</returns>
    /// <exception cref="StagingException">Either side failed; the far side's reason comes first.</exception>
    public async Task<StagingAnswer> SendAsync(Func<CancellationToken, Task> send, CancellationToken token)
    {
        var answers = ReadAnswersAsync(_link.Token);
        var sending = SendAllAsync(send, _link.Token);
        await Task.WhenAny(answers, sending);
        if (sending.IsFaulted)
        {
            var isClosed = sending.Exception.InnerException is StagingException { Failure: StagingFailure.Closed };
            if (isClosed) await ReasonAsync(answers, token);
            await EndAsync(answers, CancellationToken.None);
            if (!isClosed || !answers.IsFaulted) await sending;
        }
        else if (sending.IsCanceled || answers is { IsCompleted: true, IsCompletedSuccessfully: false })
        {
            await EndAsync(sending, CancellationToken.None);
        }

        var answer = await answers;
        await sending;
        return answer;
    }

    private async Task SendAllAsync(Func<CancellationToken, Task> send, CancellationToken token)
    {
        await send(token);
        await _link.Writer.WriteAsync(FrameType.End, token);
        await _link.Writer.FlushAsync(token);
    }

    /// <summary>Waits for the reason why the far side has closed the connection, and throws it.</summary>
    private async Task ReasonAsync(Task<StagingAnswer> answers, CancellationToken token)
    {
        try
        {
            await answers.WaitAsync(_deadlines.Reason, _time, token);
        }
        catch (Exception fault) when (
            fault is TimeoutException or StagingException { Failure: StagingFailure.Closed or StagingFailure.Protocol })
        {
            // Then the failure of the connection is all that is known.
        }
    }

    private async Task EndAsync(Task task, CancellationToken token)
    {
        await _link.EndAsync(token);
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<StagingAnswer> ReadAnswersAsync(CancellationToken token)
    {
        var (bytes, files) = (0L, 0L);
        while (true)
        {
            var frame = await _link.ReadAsync(token);
            switch (frame.Type)
            {
                case FrameType.Done:
                    return StagingMessages.Done(frame);
                case FrameType.Refused:
                    throw StagingMessages.Refusal(frame);
                default:
                    var (allBytes, allFiles) = StagingMessages.Pair(frame, FrameType.Ack);
                    _count.Add(allBytes - bytes, (int)(allFiles - files));
                    (bytes, files) = (allBytes, allFiles);
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        await _streams.DisposeAsync();
        Files.Dispose();
    }
}

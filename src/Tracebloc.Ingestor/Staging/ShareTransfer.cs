using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Staging;

/// <summary>Receives some files of a transfer that another connection has begun.</summary>
internal sealed class ShareTransfer(
    StagingLink link, StagingPlace place, WorkFolder work, ReceiverOptions options) : IDisposable
{
    private readonly StagedTree _tree = StagedTree.Open(place);

    public async Task<StagingAnswer> RunAsync(NearHello hello, CancellationToken token)
    {
        var files = await Offers.ReadAsync(link, hello, token);
        await StagingMessages.ReadyAsync(link.Writer, [], token);
        using var held = new HeldFiles(_tree, work);
        using var receiving = new FileReceiving(link, files, held, _tree, work, options);
        try
        {
            await receiving.ReceiveAsync(token);
        }
        catch
        {
            work.TryWriteList(receiving.Records);
            throw;
        }

        work.WriteList(receiving.Records);
        var answer = TransferEnd.Answer(files, file => Find(receiving, file));
        await TransferEnd.ConfirmAsync(link, answer, token);
        return answer;
    }

    private static StagedRecord? Find(FileReceiving receiving, StagedFile file) =>
        receiving.Records.TryGetValue(file.Path, out var record) ? record : null;

    public void Dispose() => _tree.Dispose();
}

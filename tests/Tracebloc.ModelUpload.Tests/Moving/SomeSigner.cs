using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Signing;

namespace Tracebloc.ModelUpload.Tests.Moving;

/// <summary>A signer that tells the story.</summary>
internal sealed class SomeSigner(Story story) : IModelSigner
{
    public IReadOnlyList<string> Intentions => ["model.sig, by the key k"];

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        story.Tell("check signing");
        return Task.CompletedTask;
    }

    public Task<ReadOnlyMemory<byte>> SignModelAsync(
        string name, IReadOnlyList<PublishedFile> files, CancellationToken cancellationToken)
    {
        story.Tell($"sign {string.Join(", ", files.Select(file => file.Path.Text))}");
        return Task.FromResult<ReadOnlyMemory<byte>>("bundle"u8.ToArray());
    }

    public Task SignPublicationAsync(Publication publication, CancellationToken cancellationToken)
    {
        story.Tell("sign publication");
        return Task.CompletedTask;
    }
}

namespace Tracebloc.ModelUpload.Models;

/// <summary>The file of a model's signature, beside its files.</summary>
internal static class SignatureFile
{
    public const string Name = "model.sig";
}

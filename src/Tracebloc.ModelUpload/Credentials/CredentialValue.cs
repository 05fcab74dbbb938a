namespace Tracebloc.ModelUpload.Credentials;

/// <summary>A value of a mounted Secret.</summary>
/// <param name="Text">The value without its line end; not empty.</param>
/// <param name="Place">The file's path, for messages.</param>
internal sealed record CredentialValue(string Text, string Place)
{
    public override string ToString() => Place;
}

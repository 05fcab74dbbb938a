namespace Tracebloc.ModelUpload.Models;

/// <summary>The algorithms by which sources state what a file holds.</summary>
internal enum HashKind
{
    Sha256,
    Sha512,

    /// <summary>SHA-1 over <c>blob LENGTH NUL</c> and the content: Hugging Face's files outside LFS.</summary>
    GitBlob,

    Crc32C,

    Crc64Nvme,

    Md5,
}

namespace Tracebloc.Ingestion.Staging;

/// <summary>The first byte of a frame. No text begins with one of them: a message in its place is seen.</summary>
public enum FrameType : byte
{
    /// <summary>The first frame of either side: magic, protocol, version, and the facts of that side.</summary>
    Hello = 1,

    /// <summary>Sender: paths and sizes of files.</summary>
    Offer = 2,

    /// <summary>Sender: all files are offered.</summary>
    OfferEnd = 3,

    /// <summary>Receiver: files and parts that are there already, with their hashes.</summary>
    Held = 4,

    /// <summary>Receiver: files can be sent.</summary>
    Ready = 5,

    /// <summary>Sender: files that are there already are the right ones.</summary>
    Keep = 6,

    /// <summary>Sender: the file and the offset of the data that follows.</summary>
    File = 7,

    /// <summary>Sender: bytes of the current file.</summary>
    Data = 8,

    /// <summary>Sender: the hash of the current file, which is complete.</summary>
    FileEnd = 9,

    /// <summary>Sender: nothing follows. The stream itself need not end.</summary>
    End = 10,

    /// <summary>Receiver: bytes written and files verified so far.</summary>
    Ack = 11,

    /// <summary>Receiver: the transfer has failed, and the reason.</summary>
    Refused = 12,

    /// <summary>Receiver: everything is verified, in its place, and on the disk.</summary>
    Done = 13,

    /// <summary>Either side, while it has nothing else to send.</summary>
    Ping = 14,
}

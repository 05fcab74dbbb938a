namespace Tracebloc.Ingestion.Specifications;

/// <summary>The checks of a data set, by the names that reports use.</summary>
public enum ValidatorName
{
    /// <summary>Every file has one extension, the configured one.</summary>
    FileType,

    /// <summary>Every image is whole and has the configured size.</summary>
    ImageResolution,

    /// <summary>Every annotation is a PASCAL VOC document.</summary>
    PascalVoc,

    /// <summary>Every file has its counterpart in the other folder.</summary>
    FilePairing,

    /// <summary>Every row names the configured number of keypoints with coordinates.</summary>
    KeypointAnnotation,

    /// <summary>Every row has a visibility of 0 or 1 for each of its keypoints.</summary>
    KeypointVisibility,

    /// <summary>Every label is a line of BIO tags.</summary>
    BioLabel,

    /// <summary>The tokenizer has the special tokens that training needs.</summary>
    Tokenizer,

    /// <summary>Every file is one line with the right number of fields.</summary>
    RecordShape,

    /// <summary>Every row names files that are there.</summary>
    FilesExist,

    /// <summary>Every value has the type that the schema declares.</summary>
    Data,

    /// <summary>The label's column is there, and has values.</summary>
    Label,

    /// <summary>Every label that is cut into bins is a number.</summary>
    NumericLabel,

    /// <summary>Every timestamp can be read in one way only.</summary>
    TimeFormat,

    /// <summary>Timestamps ascend.</summary>
    TimeOrdered,

    /// <summary>Timestamps lie before today.</summary>
    TimeBeforeToday,

    /// <summary>Every feature is numeric.</summary>
    NumericColumns,

    /// <summary>Every row belongs to a sequence.</summary>
    SequenceId,

    /// <summary>Time never runs backwards within a sequence.</summary>
    SequenceOrder,

    /// <summary>A sequence has one label.</summary>
    SequenceLabel,

    /// <summary>Survival times are numbers of at least 0.</summary>
    TimeToEvent,

    /// <summary>The data set is not there yet.</summary>
    Duplicate,
}

using static Tracebloc.Ingestion.Specifications.ValidatorName;

namespace Tracebloc.Ingestion.Specifications;

public static partial class Categories
{
    private static CategoryRules[] OfImages() =>
    [
        Image("image_classification", FileType, ImageResolution) with
        {
            TargetSize = new(256, 256),
            Extension = ".jpeg",
        },
        Image("object_detection", FileType, PascalVoc, FilePairing, ImageResolution) with
        {
            Folders = [new(FileFolder.Images), new(FileFolder.Annotations, ".xml")],
            Pairing = new(""),
            TargetSize = new(1920, 1080),
        },
        Image("keypoint_detection", FileType, ImageResolution, KeypointAnnotation, KeypointVisibility) with
        {
            AnnotationColumn = "Annotation",
            VisibilityColumn = "Visibility",
        },
        Image("semantic_segmentation", FileType, FilePairing, ImageResolution) with
        {
            Folders = [new(FileFolder.Images), new(FileFolder.Masks, ".png")],
            Pairing = new("_mask"),
            HasMaskColumn = true,
            TargetSize = new(512, 512),
        },
    ];

    private static CategoryRules Image(string name, params IReadOnlyList<ValidatorName> validators) =>
        new(name, DataFormat.Image, LabelRule.Required)
        {
            Folders = [new(FileFolder.Images)],
            Extension = ".jpg",
            Validators = [.. validators, Data, FilesExist, Label, Duplicate],
        };
}

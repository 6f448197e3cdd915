using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Shared.Branding;

/// <summary>A brand's name, colour, logo and support contact. What is left empty comes from whoever stands behind it.</summary>
public sealed partial class BrandForm
{
    /// <summary>The portal's own colour, as portal.css has it.</summary>
    private const string Portal = "#0b6e7f";

    private BrandDetails former = BrandDetails.None;
    private BrandDetails? shown;
    private PortalError? error;
    private string name = string.Empty;
    private string accent = string.Empty;
    private string mail = string.Empty;
    private string address = string.Empty;
    private string? logo;
    private bool saved;
    private bool busy;

    /// <summary>What the brand says now.</summary>
    [Parameter]
    [EditorRequired]
    public required BrandDetails Present { get; set; }

    /// <summary>What stands behind it.</summary>
    [Parameter]
    [EditorRequired]
    public required BrandView Behind { get; set; }

    /// <summary>Who sees it, in words.</summary>
    [Parameter]
    [EditorRequired]
    public required string Lead { get; set; }

    /// <summary>Changes it: from what it is believed to be, to what it is to be.</summary>
    [Parameter]
    [EditorRequired]
    public required Func<BrandDetails, BrandDetails, Task<Result<BrandDetails>>> Change { get; set; }

    /// <summary>Reads it anew, after somebody else has changed it.</summary>
    [Parameter]
    [EditorRequired]
    public required Func<Task<BrandDetails>> Look { get; set; }

    private Rgb? Colour => Rgb.TryParse(accent, out var colour) ? colour : null;

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (shown != Present)
        {
            Show(shown = Present);
        }
    }

    private void Show(BrandDetails details) =>
        (former, name, accent, mail, address, logo) =
            (details, details.Name ?? string.Empty, details.Accent ?? string.Empty, details.SupportMail ?? string.Empty, details.SupportAddress ?? string.Empty, details.LogoPng);

    private async Task ReadAsync(InputFileChangeEventArgs chosen)
    {
        (error, saved) = (null, false);
        if (chosen.FileCount == 0)
        {
            return;
        }

        if (chosen.File.Size > BrandDetails.LogoBytes)
        {
            error = new InputError("BrandLogo", BrandDetails.LogoBytes / 1024, BrandDetails.LogoPixels);
            return;
        }

        using var bytes = new MemoryStream();
        await using var file = chosen.File.OpenReadStream(BrandDetails.LogoBytes);
        await file.CopyToAsync(bytes);
        var read = BrandDetails.None with { LogoPng = Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length) };
        error = read.Problem();
        logo = error is null ? read.LogoPng : logo;
    }

    private async Task SaveAsync()
    {
        if (busy)
        {
            return;
        }

        (busy, saved, error) = (true, false, null);
        try
        {
            var changed = await Change(former, new BrandDetails(name, accent, mail, address, logo));
            error = changed.Error;
            if (changed.Error is null)
            {
                Show(changed.Value);
                saved = true;
            }
            else if (changed.Error is ConflictError)
            {
                // What was typed stays; another try is meant to overwrite what is there by now.
                former = await Look();
            }
        }
        finally
        {
            busy = false;
        }
    }
}

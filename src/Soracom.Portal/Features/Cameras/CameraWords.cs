using System.Globalization;
using Microsoft.Extensions.Localization;
using Soracom.Api.SoraCam;
using Soracom.Portal.Features.Cameras.Changes;
using Soracom.Portal.Features.Cameras.Stills;
using Soracom.Portal.Resources;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Features.Cameras;

/// <summary>The vendor's values of cameras in words. What is not known is shown as it is.</summary>
internal static class CameraWords
{
    /// <summary>A power state.</summary>
    public static string Power(IStringLocalizer<Strings> words, string power) => power switch
    {
        CameraPowerState.On => words["Camera.On"],
        CameraPowerState.Sleep => words["Camera.Asleep"],
        _ => power,
    };

    /// <summary>That a picture is charged for; null where it is not.</summary>
    public static string? StillBilled(IStringLocalizer<Strings> words, CameraQuota? quota) =>
        quota?.BilledOf(CameraStills.Cost) > TimeSpan.Zero ? words["Stills.Billed", (int)CameraQuota.Free.TotalHours].Value : null;

    /// <summary>A kind of event.</summary>
    public static string Event(IStringLocalizer<Strings> words, string kind) => kind switch
    {
        CameraEventType.Motion => words["CameraEvent.Motion"],
        CameraEventType.Sound => words["CameraEvent.Sound"],
        _ => words["CameraEvent.Other"],
    };

    /// <summary>The icon of a kind of event.</summary>
    public static string EventIcon(string kind) => kind switch
    {
        CameraEventType.Motion => "activity",
        CameraEventType.Sound => "volume-2",
        _ => "circle-dot",
    };

    /// <summary>A licence, such as Continuous, 14 days.</summary>
    public static string Licence(IStringLocalizer<Strings> words, CameraLicence licence) =>
        licence.Days is { } days ? words["Camera.LicenceDays", words[$"CameraLicenceKind.{licence.Kind}"].Value, days] : words[$"CameraLicenceKind.{licence.Kind}"];

    /// <summary>A value of a setting.</summary>
    public static string Value(IStringLocalizer<Strings> words, CameraSetting setting, string value)
    {
        var name = $"{setting}.{value}";
        return words[$"CameraValue.{name}"];
    }

    /// <summary>A length of footage in hours, and in minutes below ten hours: quotas are counted in hours.</summary>
    public static string Hours(IStringLocalizer<Strings> words, TimeSpan span)
    {
        if (span >= TimeSpan.FromHours(10))
        {
            return words["Camera.Hours", ((int)span.TotalHours).ToString("N0", CultureInfo.CurrentCulture)];
        }

        var minutes = (int)span.TotalMinutes;
        return minutes % 60 == 0 ? words["Camera.Hours", minutes / 60] : minutes < 60 ? words["Camera.Minutes", minutes] : words["Camera.HoursMinutes", minutes / 60, minutes % 60];
    }
}

# What the system lacks: found by asking the loader, fontconfig and the path, then installed where that is allowed.
# Sourced by setup.sh, which defines `say`, `stop`, `root` and `python`.

# need_system_packages run|test: every Debian package that is missing, in one go and before anything else,
# so that someone without the right to install them has one line to type.
need_system_packages() {
    is_debian || { say "This is not Debian or a relative: taking the libraries and fonts of the system as they are."; return 0; }
    missing=$(missing_venv_package; missing_libraries; missing_text_font; [ "$1" = run ] || missing_test_packages)
    welcome=$(missing_fonts)
    if [ -n "$missing" ] || { [ -n "$welcome" ] && may_install; }; then
        # shellcheck disable=SC2086  # names of packages, one a word
        install_packages $missing $welcome
    elif [ -n "$welcome" ]; then
        # shellcheck disable=SC2086
        say "The text looks better with more fonts. To have them, type: sudo apt-get install" $welcome
    fi
}

is_debian() { command -v apt-get >/dev/null && command -v dpkg >/dev/null; }

may_install() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null </dev/null; }

as_root() {
    if [ "$(id -u)" = 0 ]; then env "$@"; else sudo -n env "$@"; fi </dev/null
}

# install_packages NAME...: installs them, or says the one line that does and stops.
install_packages() {
    wanted=$(printf '%s\n' "$@" | sort -u | tr '\n' ' ')
    may_install || stop "these system packages are missing. Type this once, then run this again:
    sudo apt-get install --no-install-recommends $wanted"
    say "Installing system packages: $wanted..."
    as_root apt-get -qq update >/dev/null || say "The list of system packages could not be renewed; going on with the old one."
    as_root DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Use-Pty=0 install "$@" >/dev/null ||
        stop "the system packages could not be installed: the lines above say why. To try by hand, type:
    apt-get install --no-install-recommends $wanted"
}

# Debian ships Python without what makes environments.
missing_venv_package() {
    "$base_python" -c 'import ensurepip, venv' 2>/dev/null </dev/null || printf ' python%s-venv' "$base_version"
}

# The libraries Qt opens, after the loader's own list of what it can find. `need_qt_libraries` has the last word.
missing_libraries() {
    while read -r library package; do
        loader_knows "$library" || printf ' %s' "$package"
    done <"$root/packaging/debian-libraries"
}

loader_knows() {
    : "${known_libraries:=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p)}"
    case $known_libraries in
        *"	$1 "*) ;;
        *) return 1 ;;
    esac
}

# need_qt_libraries: asks the loader whether everything that Qt opens is there, now that Qt is.
need_qt_libraries() {
    command -v ldd >/dev/null || return 0
    lacking=$(qt_libraries_not_found)
    [ -z "$lacking" ] && return 0
    # shellcheck disable=SC2086
    packages=$(packages_of $lacking)
    [ -n "$packages" ] && is_debian || stop "Qt needs libraries that this system lacks:" $lacking \
        "- install the packages they are in, then run this again."
    # shellcheck disable=SC2086
    install_packages $packages
    lacking=$(qt_libraries_not_found)
    # shellcheck disable=SC2086
    [ -z "$lacking" ] || stop "Qt still lacks these libraries after installing $packages:" $lacking
}

qt_libraries_not_found() {
    qt=$("$python" -c 'import importlib.util as i; print(i.find_spec("PySide6").submodule_search_locations[0])')
    ldd "$qt"/QtWidgets.abi3.so "$qt"/Qt/plugins/platforms/libqxcb.so "$qt"/Qt/plugins/platforms/libqoffscreen.so 2>/dev/null |
        awk '/not found/ { print $1 }' | sort -u
}

packages_of() {
    for library in "$@"; do
        awk -v library="$library" '$1 == library { print $2 }' "$root/packaging/debian-libraries"
    done
}

# The bundle takes Python along as a shared library, which Debian keeps in a package of its own.
missing_shared_python() {
    case $base_python in
        /usr/bin/*) loader_knows "libpython$base_version.so.1.0" || printf ' libpython%s' "$base_version" ;;
    esac
}

# Without any font all text is boxes, so one is a must; the others make the program look as it is meant to.
missing_text_font() {
    has_font '' || printf ' fontconfig fonts-noto-core'
}

missing_fonts() {
    has_font 'Noto Serif' && has_font 'Noto Naskh Arabic' || printf ' fonts-noto-core'
    has_font 'Inter' || printf ' fonts-inter'
}

# has_font FAMILY: whether fontconfig knows it; '' asks for any.
has_font() { [ -n "$(fc-list "$1" 2>/dev/null)" ]; }

# What listens to the window as a screen reader does, with the system's own Python.
missing_listener() {
    /usr/bin/python3 -c 'import gi; gi.require_version("Atspi", "2.0")' 2>/dev/null </dev/null ||
        printf ' python3-gi gir1.2-atspi-2.0'
    [ -x /usr/libexec/at-spi-bus-launcher ] || printf ' at-spi2-core'
}

# What the tests and the bundle need beside the program: a screen, a window manager, hands, a clipboard, and binutils.
missing_test_packages() {
    while read -r command package; do
        command -v "$command" >/dev/null || printf ' %s' "$package"
    done <"$root/packaging/debian-test-commands"
    missing_shared_python
    missing_listener
    has_font 'DejaVu Sans' || printf ' fonts-dejavu-core'
    missing_fonts
}

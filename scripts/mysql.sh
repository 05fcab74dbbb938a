#!/usr/bin/env bash
# A real MySQL 9.7 server (package of Debian sid) or, with --mariadb, a real MariaDB 10.11 (of bookworm) on loopback.
# Nothing is installed on the machine: see parts-lib.sh. docs/real-parts.md shows the scripts at work.
#
#   mysql.sh install [--mariadb]   fetch and unpack the server and its client
#   mysql.sh up [--mariadb] [--local-infile] [-- OPTION...]
#                                  create the data directory if it is missing, start the server, wait until it answers.
#                                  --local-infile allows LOAD DATA LOCAL. OPTIONs (such as --sql-mode=ANSI) go to the
#                                  server. A server that runs with other options is restarted.
#   mysql.sh status [--mariadb]    exit 0 when the server is up and answers
#   mysql.sh down [--mariadb] [--wipe]   stop the server; --wipe deletes the data too
#   mysql.sh env [--mariadb]       print exports: host, port, user, password, CA, client, connection string
#
# MySQL listens on 127.0.0.1:23306 ($MYSQL_PORT), MariaDB on 127.0.0.1:23307 ($MARIADB_PORT). The account is root, with
# a random password. TLS is offered with a certificate for localhost and 127.0.0.1, and the character set is utf8mb4.
# Started by root, the servers run as an unprivileged user, else as yours. MySQL 9 has no mysql_native_password:
# clients need caching_sha2_password.

set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/parts-lib.sh"

COMMAND=${1:-} KIND=mysql LOCAL_INFILE=OFF WIPE='' OPTIONS=() UNUSABLE=0
shift || true
while (($#)); do
  case $1 in
    --mariadb) KIND=mariadb ;;
    --local-infile) LOCAL_INFILE=ON ;;
    --wipe) WIPE=1 ;;
    --) shift; OPTIONS=("$@"); break ;;
    *) usage ;;
  esac
  shift
done

RUN=$PARTS_HOME/run/$KIND ROOT=$PARTS_HOME/root/$KIND DATA=$RUN/data
case $KIND in
  mysql) SERVER=$BIN/mysqld CLIENT=$BIN/mysql PORT=${MYSQL_PORT:-23306} ;;
  mariadb) SERVER=$BIN/mariadbd CLIENT=$BIN/mariadb PORT=${MARIADB_PORT:-23307} ;;
esac
COMMON=(--no-defaults --basedir="$ROOT/usr" --datadir="$DATA" --lc-messages-dir="$ROOT/usr/share/mysql"
  --character-sets-dir="$ROOT/usr/share/mysql/charsets" --character-set-server=utf8mb4 --secure-file-priv="$RUN/files")

install() {
  case $KIND in
    mysql) debs sid mysql mysql-server-core mysql-client-core
      wrap mysql usr/sbin/mysqld; wrap mysql usr/bin/mysql; wrap mysql usr/bin/mysqldump ;;
    mariadb) debs bookworm mariadb mariadb-server-core mariadb-client-core
      wrap mariadb usr/sbin/mariadbd; wrap mariadb usr/bin/mariadb ;;
  esac
  certificates
}

create() { # the data directory; root's password is set by the first start
  say "creating $DATA"
  rm -rf "$DATA" "$RUN/files"
  command install -d -m 700 ${UNPRIVILEGED[0]:+-o nobody -g nogroup} "$DATA" "$RUN/files"
  (umask 077; openssl rand -hex 12 > "$RUN/password")
  { # MariaDB's scripts create more root accounts, without passwords, and leave mysql.proc in need of a repair: without
    # it no database can be dropped. With the sys schema's procedures in it the repair fails: that schema is left out.
    # On one machine the tables of accounts seem to have been so: no account that was made was found (error 1133).
    [[ $KIND == mysql ]] || printf '%s;\n' 'REPAIR TABLE mysql.proc, mysql.global_priv, mysql.db' \
      "DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <> 'localhost'"
    echo 'FLUSH PRIVILEGES;'
    printf "ALTER USER root@localhost IDENTIFIED BY '%s';\n" "$(cat "$RUN/password")"
  } > "$RUN/first.sql"
  case $KIND in
    mysql) "${UNPRIVILEGED[@]}" "$SERVER" "${COMMON[@]}" --initialize-insecure ;;
    mariadb) local sql=$ROOT/usr/share/mysql
      { printf '%s;\n' 'CREATE DATABASE mysql' 'USE mysql' 'SET @auth_root_socket=NULL'
        cat "$sql"/{mysql_system_tables,mysql_performance_tables,mysql_system_tables_data,fill_help_tables}.sql \
          "$sql"/maria_add_gis_sp_bootstrap.sql
      } | "${UNPRIVILEGED[@]}" "$SERVER" "${COMMON[@]}" --bootstrap --max-allowed-packet=8M ;;
  esac > "$RUN/create.log" 2>&1 || { tail -n 5 "$RUN/create.log" >&2; die "could not create $DATA"; }
}

is_usable() { # accounts that are made are found
  client -e "CREATE USER probe@localhost; GRANT SELECT ON probe.* TO probe@localhost; DROP USER probe@localhost"
}

is_up() { alive $KIND && client -e 'SELECT 1' > /dev/null 2>&1; }

client() { MYSQL_PWD=$(cat "$RUN/password") "$CLIENT" --no-defaults --protocol=tcp -h127.0.0.1 "-P$PORT" -uroot "$@"; }

up() {
  [[ -x $SERVER && -f $TLS/server.crt ]] || die "run '$0 install' with the same option first"
  local options=(--port="$PORT" --local-infile="$LOCAL_INFILE" "${OPTIONS[@]}")
  if alive $KIND; then
    [[ $(cat "$RUN/options") != "${options[*]}" ]] || { say "is up already"; return; }
    stop $KIND
  fi
  mkdir -p "$RUN"
  if [[ ! -f $RUN/created ]]; then create; options+=(--init-file="$RUN/first.sql"); fi
  [[ $KIND == mariadb ]] || options+=(--mysqlx=OFF --plugin-dir="$ROOT/usr/lib/mysql/plugin")
  start $KIND "${UNPRIVILEGED[@]}" "$SERVER" "${COMMON[@]}" --bind-address=127.0.0.1 --port-open-timeout=20 \
    --socket="$DATA/socket" --pid-file="$DATA/pid" --tmpdir="$DATA" \
    --ssl-ca="$TLS/ca.crt" --ssl-cert="$TLS/server.crt" --ssl-key="$TLS/server.key" "${options[@]}"
  wait_for 60 $KIND client -e 'SELECT 1'
  if [[ ! -f $RUN/created ]] && ! is_usable; then
    tail -n 20 "$RUN/create.log" "$RUN/$KIND.log" >&2
    ((++UNUSABLE < 3)) || die "accounts cannot be made: the logs are above"
    say "accounts cannot be made: beginning anew"; stop $KIND; up; return
  fi
  rm -f "$RUN/first.sql"; touch "$RUN/created"
  printf '%s\n' "--port=$PORT --local-infile=$LOCAL_INFILE${OPTIONS[*]:+ ${OPTIONS[*]}}" > "$RUN/options"
  say "ready: $(client -Ne 'SELECT VERSION()') on 127.0.0.1:$PORT"
}

environment() {
  local name=${KIND^^} password; password=$(cat "$RUN/password" 2>/dev/null) || die "run '$0 up' first"
  printf "export ${name}_%s=%q\n" HOST 127.0.0.1 PORT "$PORT" USER root PASSWORD "$password" CA "$TLS/ca.crt" \
    CLIENT "$CLIENT" CONNECTION \
    "Server=127.0.0.1;Port=$PORT;User ID=root;Password=$password;SslMode=VerifyFull;SslCa=$TLS/ca.crt"
}

case $COMMAND in
  install) install ;;
  up) up ;;
  status) is_up ;;
  down) stop $KIND; [[ -z $WIPE ]] || rm -rf "$RUN" ;;
  env) environment ;;
  *) usage ;;
esac
